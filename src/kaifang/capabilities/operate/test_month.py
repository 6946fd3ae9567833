"""A clock that jumps a month does what its days would have done: all of it, in order, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.town import capabilities
from tests.visit import Visit

from kaifang.kernel import DAY, HOUR, MINUTE, Caller, Happening, Work
from kaifang.kernel.clock import Moment, written
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.events import Event, dailies, handlers
from kaifang.kernel.notices import Delivery, Notice

HOUSE, INSIDE = Caller(role="operator"), Caller(role="inside")
MONTH = 31 * DAY
DEAF = "https://coffee.example.com/deaf-99"
Line = tuple[str, str, str]  # when, what, and to what


@pytest.fixture
def towns(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], list[Line]]]:
    """Tells what a month brings to a town whose clock is moved in so many steps."""
    opened: list[Visit] = []
    rung: list[Line] = []
    capabilities()
    for name in dailies:
        monkeypatch.setitem(handlers, name, heard_by(rung, handlers[name]))

    def month_of(steps: int) -> list[Line]:
        town = Visit()
        opened.append(town)
        KernelDoor(town.platform, town.known, town.loop)
        owed = plan(town)
        before = town.platform.do(lambda work: work.count(Event))
        rung.clear()
        for _ in range(steps):
            town.move(MONTH // steps)
        return [*happened(town, before), *tried(town, owed), *rung]

    yield month_of
    for town in opened:
        town.close()


def heard_by(rung: list[Line], run: Callable[[Work, Happening], None]) -> Callable[[Work, Happening], None]:
    """A daily timer that also notes when it rang."""

    def ring(work: Work, happening: Happening) -> None:
        rung.append((written(work.now), happening.name, ""))
        run(work, happening)

    return ring


def plan(town: Visit) -> str:
    """Leave behind what each capability has to look at later; the notification that nobody will hear."""
    coffee, anna = town.app("coffee"), town.known["anna"]
    terms = {"merchant": town.known["coffee"], "unconfirmed": True}
    town.ask(HOUSE, "kaifang.agreement.terms.set", **terms)
    signed = {"personal_product_code": "GENERAL_WITHHOLDING_P", "alipay_user_id": anna, "sign_validity_period": "10d"}
    assert town.ask(coffee, "alipay.user.agreement.sign", **signed).agreement_no
    signed = {"personal_product_code": "GENERAL_WITHHOLDING_P", "alipay_user_id": anna, "sign_scene": "A|B"}
    agreement = {"agreement_no": town.ask(coffee, "alipay.user.agreement.sign", **signed).agreement_no}
    more = {"product_code": "GENERAL_WITHHOLDING", "agreement_params": agreement, "is_async_pay": True}
    dear = {"out_trade_no": "DEAR", "total_amount": "99999999.00", "subject": "shop", **more}
    assert town.ask(coffee, "alipay.trade.pay", **dear).async_pay_apply_status == "S"
    late = {"out_trade_no": "LATE", "buyer_id": anna, "total_amount": "1.00", "subject": "tea", "timeout_express": "2d"}
    assert town.ask(coffee, "alipay.trade.create", **late).trade_no
    info = {"settle_detail_infos": [{"trans_in_type": "defaultSettle", "amount": "5.00"}], "settle_period_time": "7d"}
    kept = {"out_trade_no": "KEPT", "buyer_id": anna, "total_amount": "5.00", "subject": "book", "settle_info": info}
    told = Caller(app=coffee.app, auth_app=coffee.app, role="merchant", merchant=coffee.merchant, notify_url=DEAF)
    trade = town.ask(told, "alipay.trade.create", **kept).trade_no
    identity = {"identity_type": "CERT_INFO", "cert_type": "IDENTITY_CARD", "cert_name": "安娜"}
    check = {"outer_order_no": "C1", "biz_code": "FACE", "identity_param": identity | {"cert_no": "1" * 18}}
    assert town.ask(coffee, "alipay.user.certify.open.initialize", **check).certify_id
    frozen = {"out_order_no": "F1", "out_request_no": "F1", "order_title": "room", "amount": "2.00"}
    code = {"product_code": "PRE_AUTH", "pay_timeout": "3d"}
    assert town.ask(coffee, "alipay.fund.auth.order.voucher.create", **frozen, **code).code_value
    town.move()
    assert town.ask(INSIDE, "kaifang.trade.confirm_payment", subject=trade, user_id=anna).method
    (owed,) = town.platform.do(lambda work: work.select(Notice, "subject = ?", (trade,)))
    return str(owed.id)


def happened(town: Visit, before: int) -> list[Line]:
    """What the outbox says of the month."""
    lines = town.platform.do(lambda work: work.select(Event, "number > ?", (before,), "writer, number"))
    assert [line.at for line in lines] == sorted(line.at for line in lines), "out of order"
    return [(written(line.at), line.name, line.subject) for line in lines]


def tried(town: Visit, owed: str) -> list[Line]:
    """When it was tried to deliver a notification."""
    tries = town.platform.do(lambda work: work.select(Delivery, "notice = ?", (owed,), "number"))
    return [(written(one.at), "try", str(one.number)) for one in tries]


def test_a_month_at_once_is_its_days_one_by_one(towns: Callable[[int], list[Line]]) -> None:
    """Expiry, settlement without a word, deductions, the end of agreements and checks, retries, all that is daily."""
    at_once = towns(1)
    assert at_once == towns(31) == towns(31 * 24)
    began = Moment.parse("2026-09-21 22:13:20").ms
    counts: dict[str, Any] = {name: [at for at, one, _ in at_once if one == name] for _, name, _ in at_once}
    assert {name: counts[name] for name in ("trade.close", "settlement.settle", "agreement.expire")} == {
        "trade.close": [written(began + 2 * DAY), written(began + 15 * DAY)],
        "settlement.settle": [written(began + 7 * DAY)],
        "agreement.expire": [written(began + 10 * DAY)],
    }
    assert counts["certification.expire"] == [written(began + 23 * HOUR)]
    waits = [0, 0, 0, 0, 4, 14, 24, 84, 204, 564, 1464]
    assert counts["try"] == [written(began + wait * MINUTE) for wait in waits]
    assert {name: len(counts[name]) for name in dailies} == dict.fromkeys(dailies, 31)
