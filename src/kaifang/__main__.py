"""python -m kaifang"""

from kaifang.cli import main

main()
