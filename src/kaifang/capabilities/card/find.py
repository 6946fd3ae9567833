"""Finding the template, the card and the person that are meant."""

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, NO_USER, FaultKind, Key, Shape, Work, told_as

from .errors import CARD_NOT_EXIT, INVALID, NO_CARD_TYPE
from .states import MemberCard
from .tables import CardRow, TemplateRow


def template_of(work: Work, template_id: str, missing: FaultKind) -> TemplateRow:
    """Anybody's template with this number."""
    row = work.find(TemplateRow, id=template_id)
    if row is None:
        raise missing(template_id=template_id)
    return row


def own_template(work: Work, template_id: str, missing: FaultKind) -> TemplateRow:
    """The caller's template with this number."""
    row = template_of(work, template_id, missing)
    if row.merchant != work.caller.merchant:
        raise missing(template_id=template_id)
    return row


def card_of(work: Work, number: str) -> CardRow:
    """Anybody's card with this number."""
    row = work.find(CardRow, id=number)
    if row is None:
        raise CARD_NOT_EXIT(card=number)
    return row


def own_card(work: Work, number: str) -> CardRow:
    """The calling merchant's card with this number, in use."""
    row = card_of(work, number)
    if row.merchant != work.caller.merchant or row.state != MemberCard.ACTIVE.name:
        raise CARD_NOT_EXIT(card=number)
    return row


def held_card(work: Work, user: str, number: str) -> CardRow:
    """A person's card with this number, in use."""
    row = card_of(work, number)
    if row.user != user or row.state != MemberCard.ACTIVE.name:
        raise CARD_NOT_EXIT(card=number)
    return row


def the_person(work: Work, field: str, **which: str | None) -> Any:
    """What is known of a person whose account is in use."""
    if not any(which.values()):
        raise INVALID_PARAMETER(field=field, reason="say whose card")
    with told_as({"PARTY_NOT_EXIST": INVALID_PARAMETER}):
        found = work.ask("kaifang.account.party.find", **which)
    if found.status != "NORMAL":
        raise INVALID_PARAMETER(field=field, reason=f"the account is {found.status}")
    return found


def person_meant(work: Work, user: str | None) -> str:
    """Who acts: whoever is signed in at the wallet; elsewhere whom another capability names."""
    signed_in = work.caller.user
    if work.caller.role == "wallet" or user is None:
        if signed_in is None:
            raise NO_USER()
        if user not in (None, signed_in):
            raise INVALID(field="user", reason="somebody else is signed in")
        return signed_in
    return user


class Target(Shape):
    """The card that is meant, by the platform's number."""

    target_card_no: Key  # the platform's number of the card
    target_card_no_type: Key = "BIZ_CARD"  # BIZ_CARD


def the_target(work: Work, ask: Target) -> CardRow:
    """The calling merchant's card with this number."""
    if ask.target_card_no_type != "BIZ_CARD":
        raise NO_CARD_TYPE(target_card_no_type=ask.target_card_no_type, known="BIZ_CARD")
    return own_card(work, ask.target_card_no)
