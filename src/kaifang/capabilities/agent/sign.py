"""Signing products for a merchant: at the counter, within apps, offline."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Address, Key, Line, Work, method

from .batch import Done
from .errors import FACE_TO_FACE_RATE_PARAM_ERROR
from .paper import SIGN_FAULTS, Document, Licence, Picture, Place, Shop, put
from .product import FACE_TO_FACE, MOBILE, OFFLINE, allows, product_of

Names = Annotated[list[Line], Meta(max_length=20)]


class FaceToFace(Shop):
    business_license_auth_pic: Picture | None = None  # a letter that lets the merchant use another's licence
    sign_and_auth: bool = False  # whether the merchant's consent lets you act for it too


@method("alipay.open.agent.facetoface.sign", raises=[*SIGN_FAULTS, FACE_TO_FACE_RATE_PARAM_ERROR])
def face_to_face(work: Work, ask: FaceToFace) -> Done:
    """Sign face to face payment; once the merchant agrees, the rate is what the platform takes of its trades."""
    put(work, ask, FACE_TO_FACE)
    lacks = ask.rate is None and ask.sign_and_auth
    if lacks or ask.rate is not None and not allows(product_of(work, FACE_TO_FACE), ask.rate):
        raise FACE_TO_FACE_RATE_PARAM_ERROR(rate=ask.rate)
    return Done()


class MobilePay(Licence):
    app_name: Line | None = None  # the app that people pay in
    app_status: Line | None = None  # whether it is in the app stores
    app_type: Names | None = None  # for which systems, such as IOS
    app_market: Names | None = None  # in which stores
    app_demo: Document | None = None  # the app itself, or a description of it
    app_auth_pic: Picture | None = None  # a letter that lets the merchant use the app
    app_home_screenshot: Picture | None = None  # its first screen
    app_item_screenshot: Picture | None = None  # where something is chosen
    app_pay_screenshot: Picture | None = None  # where it is paid
    app_test_account: Line | None = None  # to try it with
    app_test_account_password: Line | None = None  # and the password
    business_license_auth_pic: Picture | None = None  # a letter that lets the merchant use another's licence
    business_license_mobile: Key | None = None  # mobile number of who is named on the licence
    download_link: Address | None = None  # where the app is found
    home_screenshot: Picture | None = None  # its first screen
    in_app_screenshot: Picture | None = None  # a screen of it
    pay_screenshot: Picture | None = None  # where it is paid
    mobile_type: Key | None = None  # what kind of app
    trade_scene: Key | None = None  # where people pay


@method("alipay.open.agent.mobilepay.sign", raises=SIGN_FAULTS)
def mobile_pay(work: Work, ask: MobilePay) -> Done:
    """Sign payment within a merchant's app."""
    put(work, ask, MOBILE)
    return Done()


class Offline(Shop):
    delivery_address: Place | None = None  # where material is sent to


@method("alipay.open.agent.offlinepayment.sign", raises=SIGN_FAULTS)
def offline_payment(work: Work, ask: Offline) -> Done:
    """Sign offline payment; the rate is checked when the transaction is submitted."""
    put(work, ask, OFFLINE)
    return Done()
