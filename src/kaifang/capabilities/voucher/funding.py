"""The accounts of an activity: how many vouchers there are, and the money that is set aside for them.

Money that is set aside covers every use of every voucher with all that it can take off. What was never given out goes
back when the activity ends; the rest when the last voucher has expired, since until then a refund may bring one back.
"""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Money, Move, Purse, Shape, Who, Work, method

from .errors import ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID
from .find import any_activity, party, terms_of
from .parts import Scope, Supply
from .rules import sellers_of
from .states import Activity
from .tables import ActivityRow, Funder, TermsRow


def own_funding(work: Work, supply: Supply) -> list[Funder]:
    """A merchant pays alone: from what is set aside, or by taking less."""
    merchant = work.caller.merchant
    recharge = supply.voucher_recharge_info
    named = recharge.voucher_balance_recharge_info if recharge is not None else None
    if named is not None and (named.partner_id or named.logon_id):
        payer = party(work, user_id=named.partner_id, logon_id=named.logon_id)
        if payer.user_id != merchant:
            raise INVALID(field="voucher_balance_recharge_info.partner_id", reason="money comes from your own balance")
    return [Funder(party=merchant, percent=100, ahead=supply.budget_type == "RECHARGE")]


def check_sellers(scope: Scope | None, merchant: str, funders: list[Funder]) -> None:
    """Nobody takes less for a voucher unasked: where the seller does, only the merchant's own sales are meant."""
    if not all(funder.ahead for funder in funders) and set(sellers_of(scope)) - {merchant}:
        raise INVALID(field="available_pids", reason="others would take less: set money aside, or name yourself alone")


def check_places(scope: Scope | None) -> None:
    """In which city somebody pays is not known: what is said of cities would be promised in vain."""
    places = scope.voucher_available_geography_scope_info if scope is not None else None
    if places is not None and places.available_geography_city_info is not None:
        raise INVALID(field="available_geography_city_info", reason="name shops")


def check_amount(row: ActivityRow, supply: Supply) -> None:
    """What is set aside, if it is said, is what all vouchers can take off."""
    recharge = supply.voucher_recharge_info
    named = recharge.voucher_balance_recharge_info if recharge is not None else None
    due = row.most * row.times * row.quantity
    if named is not None and named.amount not in (None, due):
        raise INVALID(field="voucher_balance_recharge_info.amount", reason=f"all vouchers can take off {due}")


def most_for(funder: Funder, row: ActivityRow) -> Money:
    """What a funder pays for one use at most, to the fen that a part may be rounded up to."""
    return Money(-(-row.most.minor * funder.percent // 100))


def put_aside(work: Work, row: ActivityRow, terms: TermsRow, vouchers: int) -> None:
    """Set money aside for so many vouchers, by whoever pays beforehand."""
    moves = [
        Move(Purse(funder.party), row.budget(funder.party), most_for(funder, row) * row.times * vouchers, BIZ_ERROR)
        for funder in terms.funders
        if funder.ahead
    ]
    work.post(*moves, why="voucher.budget", ref=row.id)


def issue(work: Work, row: ActivityRow) -> None:
    """Let there be as many as there are to be; of those with codes of the merchant's not more than codes."""
    wanted = min(row.quantity, row.codes) if row.code_mode == "MERCHANT_UPLOAD" else row.quantity
    more = Money(wanted, row.asset) + work.balance(row.issued, row.asset)
    work.limit(row.issued, row.asset, floor=None)
    work.post(Move(row.issued, row.stock, more), why="voucher.issue", ref=row.id)


def retire(work: Work, row: ActivityRow) -> None:
    """Nothing more is to be had: what is left of the stock is over, and the money for it goes back."""
    rest = work.balance(row.stock, row.asset)
    work.post(Move(row.stock, row.retired, rest), why="voucher.retire", ref=row.id)
    moves = [
        Move(row.budget(funder.party), Purse(funder.party), most_for(funder, row) * row.times * rest.minor)
        for funder in terms_of(work, row).funders
        if funder.ahead
    ]
    work.post(*moves, why="voucher.budget_back", ref=row.id)
    last = last_moment(row)
    work.later(max(last, work.now), "voucher.expire_all", row.id)


def last_moment(row: ActivityRow) -> int:
    """When the last voucher of an activity that ends now or ended has expired."""
    return row.ends or row.end + row.waits + row.lasts


def release(work: Work, row: ActivityRow) -> None:
    """The last voucher is gone: all that is left goes back to whom it came from."""
    moves = [
        Move(row.budget(funder.party), Purse(funder.party), work.balance(row.budget(funder.party)))
        for funder in terms_of(work, row).funders
        if funder.ahead
    ]
    work.post(*moves, why="voucher.budget_back", ref=row.id)


class Sponsor(Shape):
    activity_id: Key  # the platform's number of a draft
    percent: Annotated[int, Meta(ge=1, le=100)]  # of what is taken off
    payer: Key  # user id of the platform's own account that pays, or of a partner that agreed


class Sponsored(Shape):
    activity_id: str  # the platform's number
    percent: int  # of what is taken off that the platform pays


@method("kaifang.voucher.sponsor", who=Who.OPERATOR, raises=[ACTIVITY_NOT_EXIST, BIZ_ERROR, INVALID])
def sponsor(work: Work, ask: Sponsor) -> Sponsored:
    """Let the platform pay a part of what a draft's vouchers take off; its money is set aside at publication."""
    row, payer = any_activity(work, ask.activity_id), party(work, user_id=ask.payer).user_id
    if row.kind != "payment":
        raise ACTIVITY_NOT_EXIST(activity_id=row.id)
    if payer == row.merchant:
        raise INVALID(field="payer", reason="the merchant pays the rest as it is")
    if not Activity.publish.possible(row):
        raise BIZ_ERROR(reason="only drafts are joined", state=row.state)
    if not row.most:
        raise BIZ_ERROR(reason="what is set aside beforehand needs an amount or a ceiling")
    terms = terms_of(work, row)
    assert terms.supply is not None, f"activity {row.id} says nothing of its budget"
    ahead = terms.supply.budget_type == "RECHARGE"
    own = Funder(party=row.merchant, percent=100 - ask.percent, ahead=ahead)
    house = Funder(party=payer, percent=ask.percent, ahead=True, platform=True)
    terms.funders = [*([own] if own.percent else []), house]
    return Sponsored(activity_id=row.id, percent=ask.percent)
