"""What merchants tell of purchases at their own tills: kept, and the card as it stands after them."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from kaifang.kernel import DAY, Key, Line, Moment, Money, Shape, Text, Work, method
from kaifang.kernel.shape import encode

from .earn import count_elsewhere
from .errors import CARD_NOT_EXIT, INVALID, NO_CARD_TYPE, TEMPLATE_NOT_EXIT
from .find import Target, template_of, the_target
from .numbers import read_points
from .parts import MerchantCard
from .points import set_points, set_stored
from .tables import CardRow, ConsumeRow
from .tell import facts
from .template import check_level


class Benefit(Shape):
    """Something that was used, or given."""

    benefit_type: Literal["PRE_FUND", "DISCOUNT", "COUPON"]  # money paid in, money off, or a voucher
    amount: Money | None = None  # yuan it came to
    count: Key | None = None  # how many vouchers
    description: Line | None = None  # what it was


Benefits = Annotated[list[Benefit], Meta(max_length=50)]


class Sync(Target):
    trade_type: Literal["OPEN", "TRADE", "DEPOSIT", "RETURN"]  # opened, bought, paid in, or handed back
    trade_time: Moment  # when; only what is later than all you told before changes the card
    trade_amount: Money  # yuan by the price
    card_info: MerchantCard  # the card as it stands after this
    act_pay_amount: Money | None = None  # yuan that were paid
    trade_no: Key | None = None  # the platform's number, if it was paid here
    trade_name: Line | None = None  # what it is called
    shop_code: Key | None = None  # your number of the shop
    swipe_cert_type: Literal["ALIPAY", "ENTITY", "OTHER"] | None = None  # what the member showed
    use_benefit_list: Benefits | None = None  # what was used
    gain_benefit_list: Benefits | None = None  # what was given
    memo: Text | None = None  # more about it


class Synced(Shape):
    external_card_no: str  # your number of the card


@method("alipay.marketing.card.consume.sync", raises=[INVALID, NO_CARD_TYPE, CARD_NOT_EXIT])
def sync(work: Work, ask: Sync) -> Synced:
    """Tell of a purchase at your till; telling it again changes nothing."""
    row = the_target(work, ask)
    if ask.trade_time.ms > work.now + DAY:
        raise INVALID(field="trade_time", reason="it is yet to come")
    key, said = f"{ask.trade_type}/{ask.trade_no or ask.trade_time}", encode(ask).decode()
    known = work.find(ConsumeRow, card=row.id, key=key)
    if known is None:
        work.add(ConsumeRow(card=row.id, key=key, said=said, at=work.now))
        take_in(work, row, ask)
    elif known.said != said:
        raise INVALID(field="trade_no", reason=f"you told of it otherwise at {Moment(known.at)}")
    return Synced(external_card_no=row.external)


def take_in(work: Work, row: CardRow, ask: Sync) -> None:
    """Let the card stand as it did after the purchase, unless something later was told."""
    told: dict[str, Any] = {
        "trade_type": ask.trade_type, "amount": ask.act_pay_amount, "trade_no": ask.trade_no,
        "shop_id": ask.shop_code,
    }  # fmt: skip
    work.tell("membercard.consume", row.id, **facts(row, **told))
    info = ask.card_info
    if ask.trade_no is not None and info.point is not None:
        count_elsewhere(work, row, ask.trade_no)
    if ask.trade_time.ms <= row.synced:
        return
    row.synced = ask.trade_time.ms
    if info.level is not None:
        check_level(template_of(work, row.template, TEMPLATE_NOT_EXIT), info.level)
        row.level = info.level
    if info.point is not None:
        set_points(work, row, read_points(info.point, "card_info.point"), "point.consume", ask.trade_no or row.id)
    if info.balance is not None:
        set_stored(work, row, read_points(info.balance, "card_info.balance"), "stored.consume", row.id)
