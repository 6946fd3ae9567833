"""Signing any product by its code."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Address, Key, Line, Work, method

from .batch import Done
from .errors import OPEN_API_SIGN_PRODUCT_NOT_SUPPORT
from .paper import SIGN_FAULTS, Document, Licence, Picture, put
from .product import product_if

Sites = Annotated[list[Address], Meta(max_length=20)]


class CommonSign(Licence):
    product_code: Key  # which product
    rate: Key | None = None  # percent of a trade, two decimals at most
    business_license_auth_pic: Picture | None = None  # a letter that lets the merchant use another's licence
    trade_scene: Key | None = None  # where people pay
    special_license_type: Key | None = None  # what the special licence is
    shop_name: Line | None = None  # the shop, for products that are used in one
    shop_province_code: Key | None = None  # administrative code
    shop_city_code: Key | None = None  # administrative code
    shop_district_code: Key | None = None  # administrative code
    shop_detail_address: Line | None = None  # street and number
    shop_scene_pic: Picture | None = None  # a picture from within
    shop_sign_board_pic: Picture | None = None  # a picture of the sign above its door
    web_sites: Sites | None = None  # the websites, for products that are used there
    web_status: Line | None = None  # whether they can be reached
    web_sites_loa: Document | None = None  # a letter that lets the merchant use them
    web_home_screenshot: Picture | None = None  # the first page
    web_item_screenshot: Picture | None = None  # where something is chosen
    web_pay_screenshot: Picture | None = None  # where it is paid
    web_test_account: Line | None = None  # to try it with
    web_test_account_password: Line | None = None  # and the password
    h_5_sites: Address | None = None  # the mobile website
    h_5_status: Line | None = None  # whether it can be reached
    h_5_memo: Line | None = None  # what to know of it
    h_5_sites_loa: Document | None = None  # a letter that lets the merchant use it
    h_5_home_screenshot: Picture | None = None  # the first page
    h_5_item_screenshot: Picture | None = None  # where something is chosen
    h_5_pay_screenshot: Picture | None = None  # where it is paid
    h_5_extra_pic: Picture | None = None  # whatever else is to be seen
    app_name: Line | None = None  # the app, for products that are used in one
    app_status: Line | None = None  # whether it is in the app stores
    app_market: Line | None = None  # in which stores
    mobile_type: Key | None = None  # for which systems
    download_link: Address | None = None  # where the app is found
    app_demo: Document | None = None  # the app itself, or a description of it
    app_auth_pic: Picture | None = None  # a letter that lets the merchant use the app
    app_home_screenshot: Picture | None = None  # its first screen
    app_item_screenshot: Picture | None = None  # where something is chosen
    app_pay_screenshot: Picture | None = None  # where it is paid
    app_test_account: Line | None = None  # to try it with
    app_test_account_password: Line | None = None  # and the password
    mini_app_id: Key | None = None  # the mini program, for products that are used in one
    mini_app_name: Line | None = None  # what it is called
    mini_app_screenshot: Picture | None = None  # a screen of it
    life_app_id: Key | None = None  # the life account, for products that are used in one
    alipay_life_name: Line | None = None  # what it is called
    wechat_official_account_name: Line | None = None  # the account elsewhere


@method("alipay.open.agent.common.sign", raises=[*SIGN_FAULTS, OPEN_API_SIGN_PRODUCT_NOT_SUPPORT])
def common_sign(work: Work, ask: CommonSign) -> Done:
    """Sign any product, with whatever its review needs; the rate is checked when the transaction is submitted."""
    if product_if(work, ask.product_code) is None:
        raise OPEN_API_SIGN_PRODUCT_NOT_SUPPORT(product_code=ask.product_code)
    put(work, ask, ask.product_code, common=True)
    return Done()
