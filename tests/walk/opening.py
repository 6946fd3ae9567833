"""The opening: how a small world comes to be in the town."""

from __future__ import annotations

from tests.walk.turn import Turn, say


def opening() -> list[Turn]:
    """Two merchants with nothing, two buyers with a few fen."""
    person = {"kind": "person", "pay_password": "111111"}
    steps = [
        say("kaifang.account.party.open", "house", {**person, "logon_id": f"{who}@example.com", "name": name,
            "cert_no": "330102199105060011"}, answer={"user_id": f"${who}"})
        for who, name in (("few", "少少"), ("some", "小些"))
    ]  # fmt: skip
    for shop, name, kind in (("kiosk", "报亭", "WEB"), ("stall", "小摊", "MINI")):
        ask = {"kind": "merchant", "logon_id": f"{shop}@example.com", "name": name, "pay_password": "111111"}
        steps.append(say("kaifang.account.party.open", "house", ask, answer={"user_id": f"${shop}"}))
        app = {"party": f"${shop}", "name": name, "kind": kind, "public_key": "${coffee.public_key}",
               "callback": f"https://{shop}.example.com/back",
               "gateway": f"https://{shop}.example.com/gateway"}  # fmt: skip
        steps.append(say("kaifang.openapp.app.create", "house", app, answer={"app_id": f"${shop}.app"}))
        steps.append(say("kaifang.trade.terms.set", "house", {"seller_id": f"${shop}", "royalty_percent": 100}))
        steps.append(say("kaifang.agreement.terms.set", "house", {"merchant": f"${shop}", "unconfirmed": True}))
    card = {"user_id": "$few", "bank_code": "CMB", "card_no": "6214850000000099", "name": "少少", "kind": "DEBIT"}
    steps.append(say("kaifang.fund.card.bind", "house", {**card, "balance": "0.05"}, answer={"card_id": "$few.card"}))
    for who, amount in (("few", "0.09"), ("some", "0.05")):
        ask = {"bank_code": "CMB", "user_id": f"${who}", "amount": amount}
        steps.append(say("kaifang.fund.bank.remit", "house", ask))
    return [Turn(step=step) for step in steps]
