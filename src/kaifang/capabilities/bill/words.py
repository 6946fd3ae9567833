"""The words of bills: what a movement is called, and who stands on its other side."""

from typing import Any

from kaifang.kernel import Money, Work
from kaifang.kernel.statement import Statement

# What happened, as the journal says it -> what it is called on bills.
KINDS = {
    "trade.pay": "在线支付", "freeze.pay": "在线支付", "trade.settle": "在线支付", "trade.free": "在线支付",
    "trade.refund": "交易退款", "trade.share": "交易分账", "trade.batch_transfer": "交易分账",
    "trade.voucher": "营销优惠", "trade.voucher_back": "营销优惠退回", "voucher.budget": "营销充值",
    "voucher.budget_back": "营销退回", "trade.share_back": "交易退分账", "trade.fee_back": "收费退回",
    "fund.remit": "充值", "wallet.topup": "充值", "wallet.withdraw": "提现",
    "wallet.transfer": "转账", "transfer.pay": "转账", "transfer.accept": "转账", "batch.transfer": "转账",
    "transfer.return": "转账退回", "batch.return": "转账退回",
    "packet.pay": "红包", "packet.take": "红包", "packet.return": "红包退回", "redpacket.send": "红包",
    "redpacket.claim": "红包", "coupon.disburse": "红包", "redpacket.return": "红包退回",
    "freeze.authorise": "冻结", "batch.pay": "冻结", "coupon.pay": "冻结", "freeze.release": "解冻",
    "coupon.return": "解冻",
}  # fmt: skip
OTHERS = "其它"
FEE = "收费"
PLATFORM = "platform"


def kind_of(line: Statement) -> str:
    """What a movement is called."""
    if line.other == PLATFORM and line.change < 0:
        return FEE
    return KINDS.get(line.why, OTHERS)


def amount_of(line: Statement) -> Money:
    """How much it moved; below zero: paid."""
    return Money(line.change)


def is_party(owner: str) -> bool:
    """Whether the owner of a purse is a person or a merchant; campaigns and the like have longer numbers."""
    return len(owner) == 16 and owner.isdigit()


class Names:
    """Who people and merchants are, as bills name them; each is asked for once."""

    def __init__(self, work: Work) -> None:
        self.work, self.known = work, dict[str, str]()

    def __call__(self, owner: str) -> str:
        """`*娜(ann***@example.com)`, or what else the owner of a purse is."""
        if owner not in self.known:
            self.known[owner] = self._told(owner)
        return self.known[owner]

    def _told(self, owner: str) -> str:
        if owner.startswith("bank:"):
            code, _, tail = owner[5:].partition(":")
            return f"{code}({tail})" if tail else f"银行({code})"
        if owner.startswith("card:"):
            return "银行卡"
        if owner == PLATFORM:
            return "平台"
        if owner.startswith("secondary:"):
            return f"二级商户({owner.split(':')[1]})"
        if not is_party(owner):
            return ""
        return told(self.work.ask("kaifang.account.party.find", user_id=owner))


def told(party: Any) -> str:
    """A party as strangers may know it: of people not the whole name."""
    name = party.name if party.kind == "merchant" else "*" * (len(party.name) - 1) + party.name[-1:]
    return f"{name}({party.masked})"
