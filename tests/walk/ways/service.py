"""Services: brought, taken down and deleted; mini-programs opened, kept and laid out."""

from __future__ import annotations

from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.turn import say

WEIGHT = 1


@way
def bring(dice: Dice) -> list[Step]:
    """A merchant brings a service, or a place."""
    shop = dice.shop()
    if dice.odds(40):
        return [say("alipay.open.mini.poi.create", shop, {"poi_address": dice.one("12")}, answer={"poi_id": "$poi1"})]
    name = dice.one(("点单", "坏"))
    xml = (
        f'<a><attribute id="serviceName" type="single"><value>{name}</value></attribute><attribute id="serviceUrl" '
        f'type="single"><value>alipays://a?appId=${{{shop}.app}}&amp;p={name}</value></attribute></a>'
    )
    ask = {"out_biz_no": dice.number("Y"), "service_xml": xml}
    return [say("alipay.open.app.service.apply", shop, ask, answer={"service_code": dice.new("service")})]


@way
def take_down(dice: Dice) -> list[Step]:
    """A merchant takes a service down, or deletes it."""
    found = dice.pick("service")
    if not found or dice.odds(60):
        ask = {"biz_id": dice.number("Y"), "action": dice.one(("VALID", "INVALID")), "data_timestamp": dice.one("123")}
        return [say("alipay.open.app.service.status.modify", dice.shop(), ask)]
    return [say("alipay.open.app.service.delete", found[1], {"service_code": found[0]})]


@way
def keep(dice: Dice) -> list[Step]:
    """Somebody opens a mini-program, and keeps it or not."""
    ask, who = {"app_id": f"${dice.shop()}.app"}, dice.person()
    kept = say("kaifang.service.app.keep", "wallet", ask | {"keep": dice.odds(70)}, user=who)
    return [say("kaifang.service.app.open", "wallet", ask, user=who), kept]


@way
def lay_out(dice: Dice) -> list[Step]:
    """Somebody lays out the grid, of pages and mini-programs."""
    ask = {"app_ids": ["page:bills", f"${dice.shop()}.app"]}
    return [say("kaifang.service.grid.set", "wallet", ask, user=dice.person())]
