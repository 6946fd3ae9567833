"""Makes `bench` importable in tests and in the processes they spawn, as `python -m bench` does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
