"""People: who consents, who is blocked, who proves who they are."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say
from tests.walk.ways.trade import confirm

WEIGHT = 5


@way
def consent(dice: Dice) -> list[Step]:
    """A person lets an app know them; it exchanges the code and reads the profile."""
    shop, code, token = dice.shop(), dice.new("code"), dice.new("session")
    given = say("kaifang.account.consent.give", "wallet", {"app_id": f"${shop}.app", "scope": "auth_user"},
                user=dice.person(), answer={"auth_code": code})  # fmt: skip
    answer = {"access_token": token, "refresh_token": dice.new("refresh")}
    changed = say("alipay.system.oauth.token", shop, {"grant_type": "authorization_code", "code": code}, answer=answer)
    return [given, changed, say("alipay.user.info.share", shop, auth_token=token)]


@way
def refresh(dice: Dice) -> list[Step]:
    """An app takes a new token for an old one."""
    found = dice.pick("refresh")
    ask = {"grant_type": "refresh_token", "refresh_token": found[0]} if found else {}
    return [say("alipay.system.oauth.token", found[1], ask)] if found else []


@way
def withdraw(dice: Dice) -> list[Step]:
    """A person takes a consent back."""
    return [say("kaifang.account.consent.withdraw", "wallet", {"app_id": f"${dice.shop()}.app"}, user=dice.person())]


@way
def block(dice: Dice) -> list[Step]:
    """The operators block somebody, or no longer."""
    ask = {"user_id": f"${dice.one(('few', 'some', 'stall'))}", "status": dice.one(("BLOCKED", "NORMAL", "NORMAL"))}
    return [say("kaifang.account.party.change", "house", ask)]


@way
def certify(dice: Dice) -> list[Step]:
    """A merchant has somebody prove who they are."""
    check, page = dice.new("check"), dice.new("page")
    who = {"identity_type": "CERT_INFO", "cert_type": "IDENTITY_CARD", "cert_name": "少少"}
    ask = {"outer_order_no": f"JOIN000{dice.next()}", "biz_code": "FACE",
           "identity_param": {**who, "cert_no": "330102199105060011"}}  # fmt: skip
    shop = dice.shop()
    begun = say("alipay.user.certify.open.initialize", shop, ask, answer={"certify_id": check})
    opened = say("alipay.user.certify.open.certify", shop, {"certify_id": check}, answer={"path": page})
    return [begun, opened, confirm(dice, page), say("alipay.user.certify.open.query", shop, {"certify_id": check})]


@way
def move(dice: Dice) -> list[Step]:
    """A person has things delivered elsewhere from now on."""
    home = {"province": "浙江省", "city": "杭州市", "address": dice.one("123"), "fullname": "少少", "mobile": "1380000"}
    ask = {"addresses": [home] * dice.one((0, 1, 2))}
    return [say("kaifang.wallet.address.set", "wallet", ask, user=dice.person())]
