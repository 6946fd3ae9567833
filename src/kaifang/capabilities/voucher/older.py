"""The older way to write an activity, which clients still send: its members become those of today."""

from kaifang.kernel import Key, Line, Moment, Money, Shape, Text

from .parts import (
    Absolute,
    Accounts,
    Apps,
    BalanceRecharge,
    Days,
    Deduct,
    Display,
    Few,
    Fix,
    Geography,
    Goods,
    Keys,
    Period,
    Quantity,
    Recharge,
    Relative,
    Scope,
    SendMode,
    SendRule,
    Shops,
    Supply,
    UseRule,
    UseTime,
)


class OlderBalance(Shape):
    logon_id: Line | None = None  # whose balance: the merchant's own
    user_id: Key | None = None  # the same by user id


class OlderRecharge(Shape):
    recharge_type: Key = "ALIPAY_BALANCE"  # where it comes from
    alipay_balance_recharge_info: OlderBalance | None = None  # whose


class OlderBudget(Shape):
    amount: Money | None = None  # yuan that all vouchers can take off
    budget_type: Key = "NO_CASH"  # NO_CASH: the seller takes less; RECHARGE: set aside beforehand
    recharge_info: OlderRecharge | None = None  # where that comes from


class OlderSend(Shape):
    voucher_quantity: Quantity  # how many there are
    max_quantity_by_day: Quantity | None = None  # how many are given out in a day
    voucher_quantity_limit_per_user: Few | None = None  # how many a person may have; 0: any number
    voucher_quantity_limit_per_user_period_type: Period | None = None  # in which period
    natural_person_limit: bool | None = None  # count by identity card
    phone_number_limit: bool | None = None  # count by telephone number
    real_name_limit: bool | None = None  # only for people who proved who they are


class OlderValid(Shape):
    type: Key = "ABSOLUTE"  # ABSOLUTE or RELATIVE
    valid_begin_time: Moment | None = None  # from when it can be used
    valid_end_time: Moment | None = None  # until when
    valid_days_after_receive: Days | None = None  # or for how many days
    wait_days_after_receive: Days = 0  # after how many


class OlderGoods(Shape):
    goods_ids: Keys | None = None  # only these goods
    goods_name: Line | None = None  # how people read which
    goods_description: Text | None = None  # the same at length


class OlderUse(Shape):
    fix_voucher: Fix | None = None  # what is taken off
    voucher_valid_period: OlderValid | None = None  # when it can be used
    available_app_ids: Keys | None = None  # in which apps
    available_goods: OlderGoods | None = None  # for which goods
    available_merchant: Accounts | None = None  # by which merchants
    available_store_ids: Keys | None = None  # in which shops
    unavailable_goods_ids: Keys | None = None  # not for these goods
    voucher_quantity_limit_per_user: Few | None = None  # how many a person may use
    voucher_quantity_limit_per_user_period_type: Period | None = None  # in which period


class OlderDisplay(Shape):
    brand_name: Line | None = None  # whose it is
    customer_service_mobile: Key | None = None  # whom to call
    voucher_description: Text | None = None  # how to use it
    voucher_image: Line | None = None  # number of the picture
    voucher_detail_images: list[Key] | None = None  # numbers of more pictures


def deduct_of(use: OlderUse) -> Deduct:
    """What is taken off."""
    return Deduct(fix_voucher_info=use.fix_voucher)


def scope_of(use: OlderUse) -> Scope:
    """Where and for what."""
    goods = use.available_goods or OlderGoods()
    return Scope(
        voucher_available_account_info=use.available_merchant,
        voucher_available_app_info=Apps(available_app_ids=use.available_app_ids) if use.available_app_ids else None,
        voucher_available_geography_scope_info=Geography(
            available_geography_scope_type="SHOP",
            available_geography_shop_info=Shops(available_shop_ids=use.available_store_ids),
        )
        if use.available_store_ids
        else None,
        voucher_available_goods_info=Goods(
            available_goods_sku_ids=goods.goods_ids, exclude_goods_sku_ids=use.unavailable_goods_ids,
            goods_name=goods.goods_name, goods_description=goods.goods_description,
        ),
    )  # fmt: skip


def rule_of(use: OlderUse) -> UseRule:
    """When and how often."""
    valid, time = use.voucher_valid_period, None
    if valid is not None and valid.type == "RELATIVE" and valid.valid_days_after_receive:
        relative = Relative(
            valid_days_after_receive=valid.valid_days_after_receive,
            wait_days_after_receive=valid.wait_days_after_receive,
        )
        time = UseTime(period_type="RELATIVE", relative_period_info=relative)
    elif valid is not None and valid.valid_begin_time is not None and valid.valid_end_time is not None:
        absolute = Absolute(valid_begin_time=valid.valid_begin_time, valid_end_time=valid.valid_end_time)
        time = UseTime(absolute_period_info=absolute)
    return UseRule(
        voucher_use_time_info=time, quantity_limit_per_user=use.voucher_quantity_limit_per_user,
        quantity_limit_per_user_period_type=use.voucher_quantity_limit_per_user_period_type,
    )  # fmt: skip


def send_of(send: OlderSend, start: Moment | None, end: Moment | None) -> SendMode:
    """How many, when and by whom."""
    return SendMode(
        voucher_send_rule_info=SendRule(
            quantity=send.voucher_quantity, publish_start_time=start, publish_end_time=end,
            max_quantity_by_day=send.max_quantity_by_day, quantity_limit_per_user=send.voucher_quantity_limit_per_user,
            quantity_limit_per_user_period_type=send.voucher_quantity_limit_per_user_period_type,
            natural_person_limit=send.natural_person_limit, phone_number_limit=send.phone_number_limit,
            real_name_limit=send.real_name_limit,
        )
    )  # fmt: skip


def supply_of(budget: OlderBudget) -> Supply:
    """Who pays."""
    if budget.budget_type != "RECHARGE":
        return Supply()
    balance = (budget.recharge_info or OlderRecharge()).alipay_balance_recharge_info or OlderBalance()
    told = BalanceRecharge(amount=budget.amount, logon_id=balance.logon_id, partner_id=balance.user_id)
    return Supply(budget_type="RECHARGE", voucher_recharge_info=Recharge(voucher_balance_recharge_info=told))


def display_of(display: OlderDisplay) -> Display:
    """How people see it."""
    return Display(**{name: getattr(display, name) for name in display.__struct_fields__})
