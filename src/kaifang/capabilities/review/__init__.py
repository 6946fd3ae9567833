"""Reviews: what people are to be shown is looked at by rule, and by operators where the rule leaves it to them."""

from kaifang.kernel import capability

capability(title="Reviews", zh="审核")
