"""Playing a trigger: made-up people, and the calls that they and the application make, all or none."""

from __future__ import annotations

from typing import Any

from kaifang.kernel import DAY, Fault, Moment, Work
from kaifang.kernel.method import allow, methods
from kaifang.kernel.shape import plain
from kaifang.kernel.story import fill, match

from .errors import TRIGGER_FAILED
from .known import Step, Trigger

BANK, PASSWORD = "TRIGGER", "111111"  # the bank that made-up people's money comes from, and their password


def play(work: Work, trigger: Trigger, known: dict[str, Any]) -> None:
    """Make everybody whom the trigger needs, and take its steps."""
    at = "people"
    try:
        with work.attempt() as part:
            introduce(part, trigger, known)
            for number, step in enumerate(trigger.steps, 1):
                at = f"step {number}, {step.call}"
                take(part, step, known)
    except Fault as refusal:
        raise TRIGGER_FAILED(step=at, refusal=refusal.kind.code, says=refusal.says("en")) from None


def introduce(work: Work, trigger: Trigger, known: dict[str, Any]) -> None:
    """Let a buyer with some money move in, and a merchant with an application where one is needed."""
    house = work.acting(role="operator")
    try:
        with house.attempt() as part:
            part.ask("kaifang.fund.bank.open", code=BANK, name="触发器银行")
    except Fault:
        pass  # it is there
    number = known["number"]
    known |= {"bank": BANK, "digits": f"62{number[-14:]}", "client_logon_id": f"client-{number}@example.com"}
    known["now"], known["tomorrow"] = str(Moment(work.now)), str(Moment(work.now + DAY))
    known["buyer"] = newcomer(house, "person", f"buyer-{number}@example.com", "触发器买家")
    if needs_client(trigger):
        known["client"] = newcomer(house, "merchant", known["client_logon_id"], "触发器商户")
        made = house.ask("kaifang.openapp.app.create", party=known["client"], name="触发器商户")
        known["client_app"] = made.app_id


def needs_client(trigger: Trigger) -> bool:
    """Whether another merchant takes part."""
    return any(step.by.startswith("client") or "$client" in str(step.ask) for step in trigger.steps)


def newcomer(house: Work, kind: str, logon_id: str, name: str) -> str:
    """A made-up party with a hundred yuan."""
    opened = house.ask("kaifang.account.party.open", kind=kind, logon_id=logon_id, name=name, pay_password=PASSWORD)
    house.ask("kaifang.fund.bank.remit", bank_code=BANK, user_id=opened.user_id, amount="100.00")
    return str(opened.user_id)


def take(work: Work, step: Step, known: dict[str, Any]) -> None:
    """Make one call as whoever makes it."""
    inner = work.acting(**actor(work, step, known))
    allow(methods[step.call], inner.caller)
    match(step.answer, plain(inner.ask(step.call, **fill(step.ask, known))), known)


def actor(work: Work, step: Step, known: dict[str, Any]) -> dict[str, Any]:
    """Who calls, as the gateway would find out."""
    nobody: dict[str, Any] = {"app": "", "merchant": "", "auth_app": "", "user": None, "device": "", "scopes": ()}
    match step.by:
        case "app":
            return nobody | acting_as(work, known["app"]) | {"notify_url": known["notify_url"] or None}
        case "client_app":
            return nobody | acting_as(work, known["client_app"])
        case "house":
            return nobody | {"role": "operator"}
        case "inside":
            return nobody | {"role": "inside"}
    whose = {"buyer": "buyer", "client": "client", "owner": "merchant"}[step.by]
    return nobody | {"role": "wallet", "user": known[whose]}


def acting_as(work: Work, app_id: str) -> dict[str, Any]:
    """An application for its owner."""
    app = work.ask("kaifang.openapp.credentials", app_id=app_id)
    return {
        "role": app.role, "app": app.app_id, "merchant": app.party, "auth_app": app.app_id, "open_ids": app.open_ids,
    }  # fmt: skip
