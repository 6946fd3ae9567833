"""What can be refused of a proposal."""

from kaifang.kernel import fault

PROPOSAL_NOT_EXIST = fault(
    "PROPOSAL_NOT_EXIST",
    zh="没有需要您确认的此项申请，请核对链接并使用被邀请的账户登录",
    en="Nothing under this number waits for you.",
    fix="Check the link, and sign in as the party that was asked.",
)
PROPOSAL_ANSWERED = fault(
    "PROPOSAL_ANSWERED",
    zh="该申请已处理、已撤回或已超时，无需再次确认",
    en="This was answered, taken back, or is too old.",
    fix="Ask who proposed it for a new one.",
)
