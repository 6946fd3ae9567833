"""Running the platform: its clock, what it owes, sent, saw happen and wrote into its journal, and trying receivers."""

from kaifang.kernel import capability

capability(title="Operations", zh="平台运行", needs=["kaifang.openapp.app.query"])
