"""A merchant whose every name is an attempt to run something in somebody's browser."""

from __future__ import annotations

from datetime import datetime, timedelta

from kaifang.cli.buyer import Buyer
from kaifang.cli.client import Client
from kaifang.cli.guests import Guests
from kaifang.cli.home import Home

HIT = "hit"  # what a script that got through would leave in the window
TRY = f'"><img src=x onerror="window.{HIT}=1"><svg/onload=window.{HIT}=1>{{{{7*7}}}}${{7*7}}\''
LINK = f"javascript:window.{HIT}=1"
FORMULA = "=HYPERLINK(1)"


def move_in(home: Home) -> str:
    """Let the merchant settle, sell something to Anna, and have it in her wallet; how it signs in."""
    town = Guests(home)
    town.merchant("mallory", TRY, "100.00")
    mallory, anna = Client.of(town, "mallory"), Buyer(town, "anna")
    place = {"province_code": "330000", "city_code": "330100", "district_code": "330102", "address": TRY[:60]}
    mallory.call(
        "ant.merchant.expand.shop.create",
        {
            "ip_role_id": mallory.app["pid"], "store_id": "m", "shop_name": TRY[:60], "shop_category": "B0102",
            "business_address": place | {"longitude": "120.2118", "latitude": "30.2915"},
        },
    )  # fmt: skip
    now = datetime.fromisoformat(town.house.call("kaifang.clock.read", {})["now"])
    end = f"{now + timedelta(days=30):%Y-%m-%d %H:%M:%S}"
    given = mallory.call(
        "alipay.marketing.activity.voucher.create",
        {
            "out_biz_no": "m", "activity_base_info": {"activity_name": TRY[:20]},
            "voucher_deduct_info": {"voucher_type": "FIX_VOUCHER", "fix_voucher_info": {"amount": "1.00"}},
            "voucher_display_pattern_info": {"voucher_name": TRY[:20], "voucher_description": TRY[:100]},
            "voucher_send_mode_info": {
                "delivery_channel_list": ["PREFER_CHANNEL"],
                "voucher_send_rule_info": {"quantity": 5, "publish_end_time": end},
            },
            "voucher_use_rule_info": {
                "voucher_use_time_info": {
                    "period_type": "RELATIVE", "relative_period_info": {"valid_days_after_receive": 30}
                }
            },
        },
    )["activity_id"]  # fmt: skip
    mallory.call("alipay.marketing.activity.voucher.publish", {"activity_id": given, "out_biz_no": "m"})
    anna.ask("kaifang.voucher.claim", activity_id=given)
    for number, subject in enumerate((TRY, LINK, FORMULA)):
        order = {"out_trade_no": f"mallory-{number}", "total_amount": "2.00", "subject": subject, "body": TRY}
        anna.pay(mallory.call("alipay.trade.create", order | {"buyer_id": anna.person["user_id"]})["trade_no"])
    return "mallory@example.com"
