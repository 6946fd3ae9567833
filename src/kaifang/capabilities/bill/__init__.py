"""Bills: statements of what was sold, bought and moved, for reading, downloading and reconciling to the fen."""

from kaifang.kernel import capability

capability(
    title="Bills",
    zh="对账",
    needs=["kaifang.account.party.find", "kaifang.fund.card.list"],
)
