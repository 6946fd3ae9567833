"""Running the platform: its clock, and what it owes, did and wrote down."""

from kaifang.kernel import capability

capability(title="Operations", zh="平台运行")
