"""Cards that are sold: on the merchant's own pages, for a price that the platform shows and a trade that it knows."""

from kaifang.kernel import FaultKind, Money, Work, told_as

from .errors import CARD_IS_SOLD, INVALID
from .find import template_of
from .parts import PaidConf, PaidInfo, Purchase, Selling
from .tables import CardRow, TemplateRow


def selling_of(template: TemplateRow) -> Selling | None:
    """What a card is sold for, and where; None if it costs nothing."""
    conf = template.look.paid_outer_card_conf
    return conf.open_selling_conf if conf is not None else None


def price_of(template: TemplateRow) -> Money | None:
    """The lowest price of a card; None if it costs nothing."""
    selling = selling_of(template)
    return min(one.price for one in selling.price_detail) if selling is not None else None


def check_conf(conf: PaidConf) -> None:
    """Refuse a way to sell that contradicts itself."""
    selling, cycle = conf.open_selling_conf, conf.cycle_selling_conf
    start, end = (selling.start_date, selling.end_date) if selling is not None else (None, None)
    if start is not None and end is not None and end.ms <= start.ms:
        raise INVALID(field="paid_outer_card_conf.open_selling_conf.end_date", reason="not after start_date")
    if cycle is not None and cycle.support_cycle_sell and (not cycle.cycle_type or cycle.cycle_selling_url is None):
        raise INVALID(field="paid_outer_card_conf.cycle_selling_conf", reason="give cycle_type and cycle_selling_url")


def refuse_gift(template: TemplateRow) -> None:
    """Nobody joins for nothing what others pay for."""
    selling = selling_of(template)
    if selling is not None:
        raise CARD_IS_SOLD(price=price_of(template), selling_url=selling.selling_url)


def note_bought(work: Work, row: CardRow, info: PaidInfo | None, lacking: FaultKind) -> None:
    """Keep what a merchant tells of a purchase, if it is so as far as the platform knows; what is left out stays."""
    if info is None:
        return
    template = template_of(work, row.template, INVALID)
    if template.look.paid_outer_card_conf is None:
        raise lacking(template_id=template.id)
    if info.purchase_info is not None and info.purchase_info.alipay_trade_no is not None:
        check_trade(work, row, info.purchase_info, info.purchase_info.alipay_trade_no)
    kept = row.bought or PaidInfo()
    told = {name: getattr(info, name) or getattr(kept, name) for name in PaidInfo.__struct_fields__}
    row.bought = PaidInfo(**told)


def check_trade(work: Work, row: CardRow, bought: Purchase, trade_no: str) -> None:
    """Refuse a purchase of which the trade says otherwise."""
    with told_as({"ACQ.TRADE_NOT_EXIST": INVALID}):
        trade = work.ask("kaifang.trade.find", trade_no=trade_no, seller=row.merchant)
    right = {
        "alipay_trade_no": trade.buyer == row.user and trade.paid > 0,
        "price": bought.price in (None, trade.total),
        "out_trade_no": bought.out_trade_no in (None, trade.out_trade_no),
    }
    for name in right:
        if not right[name]:
            raise INVALID(field=f"paid_outer_card_info.purchase_info.{name}", reason="the trade says otherwise")
