"""Proposing a commission, or a change of one, to everybody whom it concerns."""

from kaifang.kernel import DAY, Work

from .find import percent
from .states import Commission
from .tables import CommissionRow, Receiver, Terms

WAITS = 15 * DAY  # how long a proposal can be answered
TARGETS = {"MERCHANT": "全部交易", "SHOP": "门店", "GOODS": "商品"}


def offer(work: Work, row: CommissionRow, receivers: list[Receiver], proposer: str) -> None:
    """Ask all others whom it concerns; what was offered before is taken back."""
    take_back(work, row)
    row.offered, row.modified = receivers, work.now
    asked = {row.merchant, row.provider, *(one.party for one in receivers)} - {proposer}
    for party in sorted(asked):
        opened = work.ask(
            "kaifang.proposal.open", party=party, proposer=proposer, kind="commission", subject=row.id,
            zh="按交易金额支付服务商佣金，次日结算，退款按比例退回",
            en="A part of each trade goes to the service provider and its partners; refunds take it back.",
            points=points(work, row, receivers), until=min(work.now + WAITS, row.end),
        )  # fmt: skip
        row.proposals[party], row.pages[party] = opened.proposal_id, opened.url


def points(work: Work, row: CommissionRow, receivers: list[Receiver]) -> list[dict[str, str]]:
    """What a commission says, line by line."""
    scope = f"{TARGETS[row.target_type]} {row.target_id}"
    told = [{"zh": "场景", "en": "Scene", "value": row.scene}, {"zh": "范围", "en": "Of", "value": scope}]
    for one in receivers:
        name = work.ask("kaifang.account.party.find", user_id=one.party).name
        told.append({"zh": name, "en": name, "value": f"{percent(one.rate)}%"})
    return told


def take_back(work: Work, row: CommissionRow) -> None:
    """Ask nobody any more."""
    for proposal in row.proposals.values():
        work.ask("kaifang.proposal.withdraw", proposal_id=proposal)
    row.offered, row.proposals, row.pages = [], {}, {}


def adopt(work: Work, row: CommissionRow, receivers: list[Receiver]) -> None:
    """From now on, or when it begins, these terms hold."""
    since = max(work.now, row.start)
    kept = [one for one in row.terms if one.since < since]
    for one in kept:
        one.until = min(one.until, since)
    row.terms = [*kept, Terms(since=since, until=row.end, receivers=receivers)]
    row.modified = work.now


def end(work: Work, row: CommissionRow) -> None:
    """No trade that is paid from now on counts; its place is free."""
    take_back(work, row)
    for one in row.terms:
        one.until = min(one.until, work.now)
    row.slot, row.modified = None, work.now


def facts(row: CommissionRow) -> dict[str, str]:
    """What is announced of a commission."""
    return {"provider": row.provider, "merchant": row.merchant, "scene": row.scene}


def settle_offer(work: Work, row: CommissionRow) -> None:
    """Everybody has agreed: the offer holds."""
    receivers = row.offered
    row.offered, row.pages = [], {}
    adopt(work, row, receivers)
    arrow = Commission.agree if Commission.agree.possible(row) else Commission.amend
    arrow(work, row, **facts(row))
    work.later(row.end, "commission.expire", row.id)
