"""The platform's own member points: given by merchants out of budgets, earned by spending, paid with, and expiring."""

from kaifang.kernel import capability

capability(title="Platform points", zh="平台会员积分", needs=["kaifang.account.party.find"])
