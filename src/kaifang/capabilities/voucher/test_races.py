"""What happens to vouchers together: many take at once, through several platforms, and never more than there are."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from typing import Any

from tests.town import open_platform

from kaifang.kernel import Caller, Fault, Moment, Money
from kaifang.kernel.platform import Platform
from kaifang.kernel.store.postgres import Postgres
from kaifang.kernel.verify import verify

from .tables import ActivityRow, CountRow, VoucherRow
from .test_voucher import Shop

PLATFORMS, WORKERS, TRIES, BUDGET = 3, 8, 20, 100  # workers of each platform, tries of each worker


def draft(now: int, quantity: int, **limits: Any) -> dict[str, Any]:
    """An activity that is open for a year."""
    return {
        "out_biz_no": "a", "voucher_deduct_info": {"fix_voucher_info": {"amount": "1.00"}},
        "voucher_send_mode_info": {
            "delivery_channel_list": ["PREFER_CHANNEL"],
            "voucher_send_rule_info": {
                "quantity": quantity, "publish_end_time": str(Moment(now + 86_400_000 * 300)), **limits,
            }
        },
        "voucher_use_rule_info": {
            "voucher_use_time_info": {
                "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 9},
            }
        },
    }  # fmt: skip


def published(platform: Platform, quantity: int, **limits: Any) -> str:
    """A published activity of a merchant."""
    shop, now = Caller(merchant="2088000000000001", app="1", auth_app="1"), platform.clock.now()
    create = "alipay.marketing.activity.voucher.create"
    made = platform.do(lambda work: work.ask(create, **draft(now, quantity, **limits)), shop).activity_id
    publish = {"activity_id": made, "out_biz_no": "p"}
    platform.do(lambda work: work.ask("alipay.marketing.activity.voucher.publish", **publish), shop)
    return str(made)


async def claims(platform: Platform, activity: str, tries: int) -> list[str]:
    """One worker's tries, one after the other, for one person after the other: voucher_id, or why not."""
    told = []
    for number in range(tries):
        wallet = Caller(role="wallet", user=f"20880000000001{number % 10:02d}")
        try:
            ask = {"activity_id": activity}
            done = await platform.run(lambda work, ask=ask: work.ask("kaifang.voucher.claim", **ask), wallet)
            told.append(str(done.voucher_id))
        except Fault as refusal:
            told.append(refusal.kind.code)
    return told


def test_many_workers_of_several_platforms_take_exactly_what_there_is(postgres_url: str) -> None:
    """On PostgreSQL, with a stock for all, one for the day and one for each person, nothing is given twice."""
    first = open_platform(Postgres(postgres_url))
    platforms = [first]
    for _ in range(PLATFORMS - 1):
        platforms.append(Platform(Postgres(postgres_url), clock=first.clock))
        platforms[-1].open()
    activity = published(first, BUDGET, quantity_limit_per_user=12, max_quantity_by_day=BUDGET - 5)
    told: list[str] = []

    async def work_all(platform: Platform) -> None:
        for answers in await asyncio.gather(*[claims(platform, activity, TRIES) for _ in range(WORKERS)]):
            told.extend(answers)

    threads = [threading.Thread(target=lambda one=one: asyncio.run(work_all(one))) for one in platforms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refusals = Counter(answer for answer in told if not answer.isdigit())
    numbers = [answer for answer in told if answer.isdigit()]
    assert set(refusals) == {"COUNT_OVER_LIMIT"} and len(told) == PLATFORMS * WORKERS * TRIES
    assert len(numbers) == len(set(numbers)) == BUDGET - 5
    rows = first.read(lambda work: work.select(VoucherRow))
    assert {row.id for row in rows} == set(numbers) and max(Counter(row.user for row in rows).values()) <= 12
    row = first.read(lambda work: work.find(ActivityRow, id=activity))
    assert row is not None and first.read(lambda work: work.balance(row.stock, row.asset)) == Money(5, row.asset)
    day = first.read(lambda work: work.find(CountRow, activity=activity, who="*"))
    assert day is not None and day.total == BUDGET - 5
    with first.store.engine.reading():
        assert verify(first.store.engine).broken is None
    for platform in platforms:
        platform.store.engine.close()


def test_the_last_one_goes_to_one_of_two() -> None:
    """In one batch, whoever comes first has it, and the other is told."""
    shop = Shop()
    made = shop.ask(shop.till, "alipay.marketing.activity.voucher.create", **draft(shop.now, 1)).activity_id
    shop.ask(shop.till, "alipay.marketing.activity.voucher.publish", activity_id=made, out_biz_no="p")
    ask = {"activity_id": made}
    first, second = shop.race(*[(shop.app("wallet", who), "kaifang.voucher.claim", ask) for who in ("anna", "bo")])
    assert (first.activity_id, second) == (made, "BUDGET_NOT_ENOUGH")
    shop.close()


def test_one_voucher_pays_for_one_of_two_trades_that_are_paid_together() -> None:
    """The other is paid in full."""
    shop = Shop()
    made = shop.ask(shop.till, "alipay.marketing.activity.voucher.create", **draft(shop.now, 1)).activity_id
    shop.ask(shop.till, "alipay.marketing.activity.voucher.publish", activity_id=made, out_biz_no="p")
    shop.ask(shop.app("wallet", "anna"), "kaifang.voucher.claim", activity_id=made)
    codes = [shop.ask(shop.app("wallet", "anna"), "kaifang.fund.code.create").auth_code for _ in range(2)]
    order = {"total_amount": "5.00", "subject": "茶"}
    calls = [(shop.till, "alipay.trade.pay", {**order, "out_trade_no": code, "auth_code": code}) for code in codes]
    paid = sorted(str(one.buyer_pay_amount) for one in shop.race(*calls))
    assert paid == ["4.00", "5.00"]
    shop.close()


def test_a_code_is_taken_at_one_of_two_tills() -> None:
    """Whoever comes second is told; and of a person's last of the day one is given, however it is asked for."""
    shop, order = Shop(), "alipay.marketing.activity.ordervoucher."
    offer = draft(shop.now, 9, quantity_day_limit_per_user=1) | {"activity_base_info": {"code_mode": "MERCHANT_API"}}
    made = shop.ask(shop.till, order + "create", **offer).activity_id
    asked = {"user_id": shop.known["anna"], "receive_info_list": [{"activity_id": made, "out_biz_no": "1"}]}
    send = {"user_id": shop.known["anna"], "activity_id": made, "out_biz_no": "2"}
    received, refused = shop.race((shop.till, order + "receive", asked), (shop.till, order + "send", send))
    (got,) = received.receive_result_list
    assert got.result and refused == "COUNT_OVER_LIMIT"
    use = {"activity_id": made, "voucher_code": got.voucher_code}
    told = shop.race(*[(shop.till, order + "use", use | {"out_biz_no": number}) for number in "34"])
    assert (told[0].activity_id, told[1]) == (made, "VOUCHER_STATUS_ERROR")
    shop.close()
