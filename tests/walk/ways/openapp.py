"""Apps: who acts for whom, what they are told, who works on them."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import SHOPS, Dice, way
from tests.walk.turn import say

WEIGHT = 5

TOPICS = ("alipay.fund.trans.order.changed", "alipay.fund.batch.order.changed")


@way
def authorise(dice: Dice) -> list[Step]:
    """A merchant lets the service provider act for it; the provider exchanges the code."""
    code, ask = dice.new("code"), {"app_id": "$helper.app", "redirect_uri": "https://helper.example.com/back"}
    given = say("kaifang.openapp.authorisation.give", "wallet", ask, user=dice.one(SHOPS),
                answer={"app_auth_code": code})  # fmt: skip
    answer = {"app_auth_token": dice.new("token"), "app_refresh_token": dice.new("renewal")}
    grant = {"grant_type": "authorization_code", "code": code}
    return [given, say("alipay.open.auth.token.app", "helper", grant, answer=answer)]


@way
def renew(dice: Dice) -> list[Step]:
    """The provider takes a new token for an old one."""
    found = dice.pick("renewal")
    ask = {"grant_type": "refresh_token", "refresh_token": found[0]} if found else {}
    answer = {"app_auth_token": dice.new("token")}
    return [say("alipay.open.auth.token.app", "helper", ask, answer=answer)] if found else []


@way
def withdraw(dice: Dice) -> list[Step]:
    """A merchant takes its authorisation back, now and then."""
    shop = dice.shop()
    ask = {"auth_app_id": f"${shop}.app", "app_id": "$helper.app"}
    return [say("kaifang.openapp.authorisation.withdraw", "wallet", ask, user=shop)] if dice.odds(30) else []


@way
def change_the_gateway(dice: Dice) -> list[Step]:
    """A merchant wants its messages elsewhere."""
    shop = dice.shop()
    ask = {"app_id": f"${shop}.app", "gateway": dice.address(shop)}
    return [say("kaifang.openapp.app.change", shop, ask)]


@way
def subscribe(dice: Dice) -> list[Step]:
    """A merchant subscribes to messages, or no longer."""
    call = f"alipay.open.app.message.topic.{dice.one(('subscribe', 'subscribe', 'unsubscribe'))}"
    return [say(call, dice.shop(), {"topic": dice.one(TOPICS)})]


@way
def apply(dice: Dice) -> list[Step]:
    """Somebody opens an application of their own, or asks for one that they have, or for too many."""
    ask = {"name": dice.one(("a", "b", "c")), "kind": dice.one(("WEB", "MINI"))}
    return [say("kaifang.openapp.app.apply", "wallet", ask, user=dice.one((*SHOPS, dice.person())))]


@way
def look_at_subscriptions(dice: Dice) -> list[Step]:
    """A merchant looks at what it subscribed to."""
    return [say("kaifang.openapp.subscription.list", dice.shop(), {})]


@way
def work_together(dice: Dice) -> list[Step]:
    """A merchant lets somebody work on its app."""
    shop, who = dice.shop(), dice.person()
    invited = say("alipay.open.app.members.create", shop, {"logon_id": f"{who}@example.com", "role": "DEVELOPER"})
    answer = {"app_id": f"${shop}.app", "role": "DEVELOPER", "accept": dice.odds(70)}
    return [invited, say("kaifang.openapp.member.answer", "wallet", answer, user=who)]


@way
def ask_for_notices(dice: Dice) -> list[Step]:
    """A merchant asks what it was told about a trade."""
    found = dice.pick("trade")
    return [say("alipay.open.app.notify.query", found[1], {"trade_no": found[0]})] if found else []
