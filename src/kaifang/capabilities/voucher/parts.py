"""The parts of an activity as the wire has them: what is taken off, where, when, for whom, and who pays."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Address, Amount, Key, Line, Moment, Money, Shape, Text

Kind = Literal["FIX_VOUCHER", "DISCOUNT_VOUCHER", "SPECIAL_VOUCHER", "EXCHANGE_VOUCHER"]
Period = Literal["DAY", "WEEK", "MONTH", "LIFE_CYCLE"]
Quantity = Annotated[int, Meta(ge=1, le=99_999_999)]
Few = Annotated[int, Meta(ge=0, le=10_000)]
Days = Annotated[int, Meta(ge=0, le=366)]
Keys = Annotated[list[Key], Meta(max_length=1000)]
CLOCK = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")]


class Fix(Shape):
    amount: Amount  # yuan taken off
    floor_amount: Money | None = None  # yuan the order must come to at least


class Discount(Shape):
    discount: Key  # what is left to pay of ten: 8.5 takes fifteen per cent off
    floor_amount: Money | None = None  # yuan the order must come to at least
    ceiling_amount: Money | None = None  # yuan taken off at most


class Special(Shape):
    special_amount: Money  # yuan to pay instead
    floor_amount: Money | None = None  # yuan the order must come to at least


class ExchangeGoods(Shape):
    exchange_goods_name: Line | None = None  # what is had for it


class Exchange(Shape):
    amount: Money | None = None  # yuan that it is worth; the price of what is had for it if left out
    floor_amount: Money | None = None  # yuan the order must come to at least
    biz_type: Key | None = None  # what kind of exchange, in the merchant's words
    exchange_goods_info: ExchangeGoods | None = None  # what is had for it


class Deduct(Shape):
    """What a voucher takes off."""

    voucher_type: Kind = "FIX_VOUCHER"  # which of the four it is
    fix_voucher_info: Fix | None = None  # full reduction
    discount_voucher_info: Discount | None = None  # a percentage, with a cap
    special_voucher_info: Special | None = None  # a special price
    exchange_voucher_info: Exchange | None = None  # goods for nothing


class Goods(Shape):
    available_goods_sku_ids: Keys | None = None  # only these goods are made cheaper; all if left out
    exclude_goods_sku_ids: Keys | None = None  # these are not
    goods_name: Line | None = None  # how people read which
    goods_description: Text | None = None  # the same at length
    goods_detail: Text | None = None  # more of it
    goods_detail_images: list[Key] | None = None  # numbers of pictures
    origin_amount: Money | None = None  # yuan they usually cost


class Accounts(Shape):
    available_pids: Keys | None = None  # user ids of the merchants that take it


class Apps(Shape):
    available_app_ids: Keys | None = None  # apps in which it is taken


class Shops(Shape):
    available_shop_ids: Keys | None = None  # numbers of shops that take it
    available_real_shop_ids: Keys | None = None  # the same


class Cities(Shape):
    all_city: bool | None = None  # everywhere
    available_city_codes: Keys | None = None  # which cities


class Geography(Shape):
    available_geography_scope_type: Key | None = None  # SHOP
    available_geography_city_info: Cities | None = None  # not known here, so refused: name shops
    available_geography_shop_info: Shops | None = None  # which shops


class Scope(Shape):
    """Where a voucher can be used, and for what."""

    voucher_available_account_info: Accounts | None = None  # by which merchants
    voucher_available_app_info: Apps | None = None  # in which apps
    voucher_available_geography_scope_info: Geography | None = None  # in which shops
    voucher_available_goods_info: Goods | None = None  # for which goods


class EndTime(Shape):
    end_time: CLOCK  # when it ends, such as 22:00; of the next day if that is not after the beginning
    end_time_type: Key | None = None  # the same in a word; says nothing here


class TimeRange(Shape):
    begin_time: CLOCK = "00:00"  # from when, such as 09:00
    end_time_info: EndTime | None = None  # until when; the end of the day if left out


class WeekRule(Shape):
    week_day: Annotated[str, Meta(pattern=r"^[1-7](,[1-7])*$")]  # 1 is Monday, 7 is Sunday, by comma
    time_range_info: TimeRange | None = None  # at which hours; all if left out


class DateRange(Shape):
    begin_date: Moment  # the first day
    end_date: Moment  # the last day


class DateRule(Shape):
    date_range_info: DateRange  # on which days
    time_range_info: TimeRange | None = None  # at which hours; all if left out


class TimeRule(Shape):
    rule_type: Literal["WEEK", "DATE"] = "WEEK"  # which of the two it is
    week_rule_info: WeekRule | None = None  # by the days of the week
    date_rule_info: DateRule | None = None  # by the calendar


class TimeRestrict(Shape):
    usable_period_info: list[TimeRule] | None = None  # only at these times
    disable_period_info: list[TimeRule] | None = None  # never at these


class Absolute(Shape):
    valid_begin_time: Moment  # from when it can be used
    valid_end_time: Moment  # until when
    time_restrict_info: TimeRestrict | None = None  # at which hours in between


class Relative(Shape):
    valid_days_after_receive: Annotated[int, Meta(ge=1, le=366)]  # for how many days it can be used
    wait_days_after_receive: Days = 0  # how many days pass before
    time_restrict_info: TimeRestrict | None = None  # at which hours in between


class UseTime(Shape):
    period_type: Literal["ABSOLUTE", "RELATIVE"] = "ABSOLUTE"  # which of the two it is
    absolute_period_info: Absolute | None = None  # between two moments
    relative_period_info: Relative | None = None  # counted from when it was claimed


class UseRule(Shape):
    """When and how often a voucher can be used."""

    voucher_use_time_info: UseTime | None = None  # when
    quantity_limit_per_user: Few | None = None  # how many a person may use in a period; 0: any number
    quantity_limit_per_user_period_type: Period | None = None  # which period; LIFE_CYCLE if left out
    voucher_max_use_times: Annotated[int, Meta(ge=1, le=999)] | None = None  # how often one can be used; 1 if left out


class SendRule(Shape):
    quantity: Quantity | None = None  # how many there are
    publish_start_time: Moment | None = None  # from when they can be had
    publish_end_time: Moment | None = None  # until when
    max_quantity_by_day: Quantity | None = None  # how many are given out in a day
    quantity_limit_per_user: Few | None = None  # how many a person may have in a period; 0: any number
    quantity_limit_per_user_period_type: Period | None = None  # which period; LIFE_CYCLE if left out
    quantity_day_limit_per_user: Few | None = None  # how many a person may have in a day besides
    quantity_week_limit_per_user: Few | None = None  # in a week, from Monday
    quantity_month_limit_per_user: Few | None = None  # in a month
    natural_person_limit: bool | None = None  # count by identity card, whatever the account
    phone_number_limit: bool | None = None  # count by telephone number, whatever the account
    real_name_limit: bool | None = None  # only for people who proved who they are


class Settle(Shape):
    settle_mode: Key | None = None  # how the money of a sale is settled
    settle_target_type: Key | None = None  # to what kind of account


class Sale(Shape):
    sale_amount: Amount  # yuan it is sold for
    payee_pid: Key | None = None  # user id of who is paid: the merchant itself
    refundable: bool = False  # whether whoever bought it can give it back unused
    overdue_refundable: bool = False  # whether the money goes back if it expires unused
    fund_custody_mode: Key | None = None  # where the money waits: with the platform
    settle_info: Settle | None = None  # how it is settled


class SendMode(Shape):
    """How a voucher is had."""

    voucher_send_mode: Literal["DIRECT_SEND_MODE", "SALE_MODE"] = "DIRECT_SEND_MODE"  # for nothing, or bought
    voucher_send_rule_info: SendRule | None = None  # how many, when and by whom
    voucher_sale_mode_info: Sale | None = None  # what it is sold for
    delivery_channel_list: list[Key] | None = None  # the slots in which the platform shows it: anybody may claim one


class BalanceRecharge(Shape):
    amount: Money | None = None  # yuan set aside; what all vouchers can take off, if left out
    logon_id: Line | None = None  # whose balance: the merchant's own
    partner_id: Key | None = None  # the same by user id


class Recharge(Shape):
    recharge_type: Literal["ALIPAY_BALANCE"] = "ALIPAY_BALANCE"  # where it comes from
    voucher_balance_recharge_info: BalanceRecharge | None = None  # whose


class Supply(Shape):
    """Who pays what is taken off, and when."""

    budget_type: Literal["NO_CASH", "RECHARGE"] = "NO_CASH"  # the seller takes less; or money is set aside beforehand
    voucher_recharge_info: Recharge | None = None  # where that comes from


class Display(Shape):
    """How people see a voucher."""

    voucher_name: Line | None = None  # its name
    brand_name: Line | None = None  # whose it is
    brand_logo: Line | None = None  # number of the picture
    brand_logo_url: Address | None = None  # the picture itself
    voucher_description: Text | None = None  # how to use it
    voucher_image: Line | None = None  # number of the picture
    voucher_image_url: Address | None = None  # the picture itself
    voucher_detail_images: list[Key] | None = None  # numbers of more pictures
    voucher_detail_image_urls: list[Address] | None = None  # the pictures themselves
    customer_service_mobile: Key | None = None  # whom to call
    customer_service_url: Address | None = None  # whom to ask


class MiniAppGuide(Shape):
    mini_app_url: Address | None = None  # the page of a mini-program


class MiniAppUse(MiniAppGuide):
    mini_app_service_codes: list[Key] | None = None  # its services


class SendGuide(Shape):
    send_guide_mode: list[Key] | None = None  # where it is had
    mini_app_send_guide_info: MiniAppGuide | None = None  # in which mini-program


class UseGuide(Shape):
    use_guide_mode: list[Key] | None = None  # where it is used
    use_url: Address | None = None  # on which page
    mini_app_use_guide_info: MiniAppUse | None = None  # in which mini-program


class Guide(Shape):
    """Where people are led."""

    voucher_send_guide_info: SendGuide | None = None  # to have it
    voucher_use_guide_info: UseGuide | None = None  # to use it


class BelongMerchant(Shape):
    merchant_id: Key | None = None  # whose it is: yourself
    merchant_id_type: Key | None = None  # PID
    business_type: Key | None = None  # in what role


class BaseInfo(Shape):
    activity_name: Line | None = None  # what the merchant calls it
    belong_merchant_info: BelongMerchant | None = None  # whose it is
    activity_product_type: Key | None = None  # PAYMENT_VOUCHER or ORDER_VOUCHER
    code_mode: Key | None = None  # where the codes of sold vouchers come from


class Base(BaseInfo):
    activity_id: str | None = None  # the platform's number
    activity_status: str | None = None  # INIT, ACTIVE or CLOSED
    activity_operation_status: str | None = None  # NORMAL or STOPPED
    out_activity_id: str | None = None  # the merchant's own number
