"""Onboardings: begun, filled, submitted, reviewed, agreed to or not, given up."""

from __future__ import annotations

from kaifang.capabilities.agent.tables import BatchRow, ContractRow, SignauthRow
from kaifang.kernel import Work
from kaifang.kernel.story import Step
from tests.walk.dice import Dice, way
from tests.walk.invariants import Memory, law
from tests.walk.turn import say
from tests.walk.ways.proposal import answer_one

WEIGHT = 1
CONTACT = {"contact_name": "店长", "contact_mobile": "13800000099", "contact_email": "shop@example.com"}
PRODUCTS = ("I1080300001000041016", "I1080300001000041203")


@way
def begin(dice: Dice) -> list[Step]:
    """The provider begins a transaction; merchants are certified now and then."""
    shop = dice.shop()
    certify = say("kaifang.account.party.change", "house", {"user_id": f"${shop}", "certified": True})
    ask = {"account": f"{shop}@example.com", "contact_info": CONTACT} | ({"sign_mode": "B"} if dice.odds(30) else {})
    begun = say("alipay.open.agent.create", "helper", ask, answer={"batch_no": dice.new("batch")})
    return [certify, begun] if dice.odds(50) else [begun]


@way
def fill_and_submit(dice: Dice) -> list[Step]:
    """A product is put into a transaction, which is submitted, and perhaps answered."""
    found = dice.pick("batch")
    if found is None:
        return []
    shop, proposal = dice.shop(), dice.new("proposal")
    signed = {"batch_no": found[0], "product_code": dice.one(PRODUCTS), "mcc_code": dice.one(("A1", "B1"))}
    listed = say("kaifang.proposal.list", "wallet", user=shop, answer={"proposals": [{"proposal_id": proposal}]})
    return [
        say("alipay.open.agent.common.sign", "helper", signed),
        say("alipay.open.agent.confirm", "helper", {"batch_no": found[0]}, answer={"order_no": dice.new("signorder")}),
        listed,
        answer_one(dice, proposal, shop),
    ][: dice.one((1, 2, 4))]


@way
def review(dice: Dice) -> list[Step]:
    """The operators want to look at a product, or decide on an order."""
    if dice.odds(30):
        ask = {"product_code": dice.one(PRODUCTS), "person": dice.odds(50), "open": dice.odds(80)}
        return [say("kaifang.agent.product.set", "house", ask)]
    found = dice.pick("signorder")
    decision = dice.one(("PASS", "HOLD", "REJECT"))
    return [say("kaifang.agent.order.review", "house", {"order_no": found[0], "decision": decision})] if found else []


@way
def run_for(dice: Dice) -> list[Step]:
    """The provider asks to run something of a merchant's business, by itself or with a signing order."""
    shop, found = dice.shop(), dice.pick("signorder")
    if found and dice.odds(50):
        scene = {"scene_code": "SHOP_MANAGE", "scene_permissions": "SHOP_MANAGE_BASE"}
        ask = {"merchant_logon_id": f"{shop}@example.com", "isv_auth_scene_infos": [scene], "sign_order_no": found[0]}
        asked = say("alipay.open.sp.isv.signauth.create", "helper", ask)
    else:
        ask = {"out_biz_no": dice.number("O"), "operate_type": "OPERATION_AUTH", "merchant_no": f"${shop}",
               "access_product_code": "OPENAPI_AUTH_DEFAULT"}  # fmt: skip
        asked = say("alipay.open.sp.operation.apply", "helper", ask, answer={"batch_no": dice.new("operation")})
    proposal = dice.new("proposal")
    listed = say("kaifang.proposal.list", "wallet", user=shop, answer={"proposals": [{"proposal_id": proposal}]})
    return [asked, listed, answer_one(dice, proposal, shop)]


@way
def end(dice: Dice) -> list[Step]:
    """The provider gives a transaction up, or the merchant ends a product."""
    found, running = dice.pick("batch"), dice.pick("operation")
    if found and dice.odds(40):
        return [say("alipay.open.agent.cancel", "helper", {"batch_no": found[0]})]
    if running and dice.odds(40):
        return [say("kaifang.agent.operation.end", "wallet", {"batch_no": running[0]}, user=dice.shop())]
    ask = {"product_code": dice.one(PRODUCTS)}
    return [say("kaifang.agent.contract.end", "wallet", ask, user=dice.shop())]


STANDS = {"AUDIT": ("MERCHANT_AUDITING", "MERCHANT_INFO_HOLD"), "WAIT_CONFIRM": ("MERCHANT_CONFIRM",),
          "VALID": ("MERCHANT_CONFIRM_SUCCESS",)}  # fmt: skip


@law
def contracts_follow_their_onboardings(work: Work, memory: Memory) -> str | None:
    """A contract under way belongs to an order under way; one in force to one that the merchant agreed to."""
    for contract in work.select(ContractRow):
        batch = work.find(BatchRow, id=contract.batch)
        if batch is None or batch.state not in STANDS.get(contract.state, (batch.state,)):
            return f"contract {contract.id} is {contract.state}, its order {batch and batch.state}"
    return None


@law
def what_is_asked_together_ends_together(work: Work, memory: Memory) -> str | None:
    """Once nothing is due any more, a signauth has finished just if its signing order has."""
    for row in work.select(SignauthRow, "batch is not null"):
        batch = work.find(BatchRow, id=row.batch)
        signed = batch is not None and batch.state == "MERCHANT_CONFIRM_SUCCESS"
        if signed != (row.state == "FINISH"):
            return f"signauth {row.id} is {row.state}, its order {batch and batch.state}"
    return None
