"""Proposals: what somebody asks a person or merchant to agree to, shown on one page, and answered once."""

from kaifang.kernel import capability

capability(title="Proposals", zh="确认", needs=["kaifang.account.party.find"])
