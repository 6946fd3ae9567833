"""Cards that are sold: on the merchant's own pages, for a price that the platform shows and a trade that it knows."""

from kaifang.kernel import FaultKind, Money, Work, told_as

from .errors import CARD_IS_SOLD, INVALID
from .parts import PaidConf, PaidInfo, Selling
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


def check_bought(work: Work, template: TemplateRow, user: str, info: PaidInfo | None, lacking: FaultKind) -> None:
    """What a merchant tells of a purchase must be so, as far as the platform knows of it."""
    if info is None:
        return
    if template.look.paid_outer_card_conf is None:
        raise lacking(template_id=template.id)
    bought = info.purchase_info
    if bought is None or bought.alipay_trade_no is None:
        return
    with told_as({"ACQ.TRADE_NOT_EXIST": INVALID}):
        trade = work.ask("kaifang.trade.find", trade_no=bought.alipay_trade_no, seller=template.merchant)
    right = {
        "alipay_trade_no": trade.buyer == user and trade.paid > 0,
        "price": bought.price in (None, trade.total),
        "out_trade_no": bought.out_trade_no in (None, trade.out_trade_no),
    }
    for name in right:
        if not right[name]:
            raise INVALID(field=f"paid_outer_card_info.purchase_info.{name}", reason="the trade says otherwise")


def take(row: CardRow, info: PaidInfo | None) -> None:
    """Keep what was told of a purchase; what is left out stays."""
    if info is not None:
        kept = row.bought or PaidInfo()
        told = {name: getattr(info, name) or getattr(kept, name) for name in PaidInfo.__struct_fields__}
        row.bought = PaidInfo(**told)
