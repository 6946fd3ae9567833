"""The form that people fill in to join: what it may ask for."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, method

from .errors import (
    CARD_FORM_MISSING,
    CARD_TEMPLATE_NOT_EXIST,
    DUPLICATE_BIRTHDAY_FIELD,
    DUPLICATE_CERT_NO,
    DUPLICATE_FORM_FIELD,
    FORM_FIELD_INVALID,
    ILLEGAL_NULL_ARGUMENT,
    INVALID_CERT_TYPE_AND_NO,
)
from .find import own_template
from .tables import TemplateRow

PREFIX = "OPEN_FORM_FIELD_"
FIELDS = (
    "NAME", "MOBILE", "GENDER", "BIRTHDAY", "BIRTHDAY_WITHOUT_YEAR", "IDCARD", "CERT_TYPE", "CERT_NO", "EMAIL", "CITY",
    "ADDRESS", "IS_STUDENT", "MEMBER_GRADE",
)  # fmt: skip
FORM_FAULTS = [
    DUPLICATE_BIRTHDAY_FIELD, DUPLICATE_CERT_NO, DUPLICATE_FORM_FIELD, FORM_FIELD_INVALID, ILLEGAL_NULL_ARGUMENT,
    INVALID_CERT_TYPE_AND_NO,
]  # fmt: skip


class Common(Shape):
    """Names of fields."""

    common_fields: Annotated[list[Key], Meta(max_length=20)]  # such as OPEN_FORM_FIELD_MOBILE


class Fields(Shape):
    """What a form asks for."""

    required: Common | None = None  # must be filled in; at least one
    optional: Common | None = None  # may be


class Set(Shape):
    template_id: Key  # which template
    fields: Fields  # what its form asks for, in place of what it did


class Done(Shape):
    pass


@method("alipay.marketing.card.formtemplate.set", raises=[CARD_TEMPLATE_NOT_EXIST, *FORM_FAULTS])
def set_form(work: Work, ask: Set) -> Done:
    """Say what people fill in to join; cards that were opened before stay."""
    row = own_template(work, ask.template_id, CARD_TEMPLATE_NOT_EXIST)
    required, optional = (part.common_fields if part else [] for part in (ask.fields.required, ask.fields.optional))
    give_form(row, required, optional)
    row.modified = work.now
    return Done()


def give_form(row: TemplateRow, required: list[str], optional: list[str]) -> None:
    """Give a template this form, if it is a lawful one."""
    check_form(required, optional)
    row.required, row.optional = required, optional


def check_form(required: list[str], optional: list[str]) -> None:
    """Refuse a form that asks for what does not exist, twice, or for half of something."""
    if not required:
        raise ILLEGAL_NULL_ARGUMENT(field="fields.required")
    asked = [*required, *optional]
    for name in asked:
        if name.removeprefix(PREFIX) not in FIELDS or not name.startswith(PREFIX):
            raise FORM_FIELD_INVALID(field=name)
        if asked.count(name) > 1:
            raise DUPLICATE_FORM_FIELD(field=name)
    short = {name.removeprefix(PREFIX) for name in asked}
    if {"BIRTHDAY", "BIRTHDAY_WITHOUT_YEAR"} <= short:
        raise DUPLICATE_BIRTHDAY_FIELD()
    if "IDCARD" in short and short & {"CERT_NO", "CERT_TYPE"}:
        raise DUPLICATE_CERT_NO()
    if len(short & {"CERT_NO", "CERT_TYPE"}) == 1:
        raise INVALID_CERT_TYPE_AND_NO()


# What a person may write into each field; the platform itself says the others.
WRITTEN = {
    "NAME": r"\S.{0,63}", "MOBILE": r"\+?\d{6,15}", "GENDER": "[FM]", "BIRTHDAY": r"\d{4}-\d\d-\d\d",
    "BIRTHDAY_WITHOUT_YEAR": r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", "IDCARD": r"\d{17}[\dX]", "CERT_TYPE": "[0-3]",
    "CERT_NO": r"[0-9A-Za-z()]{4,32}", "EMAIL": r"[^@\s]+@[^@\s]+", "CITY": r"\S.{0,63}", "ADDRESS": r"\S.{0,255}",
}  # fmt: skip


def known_of(work: Work, person: Any) -> dict[str, str]:
    """What the platform knows of a person that forms ask for."""
    known = {
        "NAME": person.name, "MOBILE": person.mobile, "IDCARD": person.cert_no, "CERT_NO": person.cert_no,
        "CERT_TYPE": "0" if person.cert_no else "", "EMAIL": person.logon_id if "@" in person.logon_id else "",
        "IS_STUDENT": "F", "MEMBER_GRADE": work.ask("kaifang.mpoint.grade", user=person.user_id).grade,
    }  # fmt: skip
    return {f"{PREFIX}{name}": value for name, value in known.items() if value}


class Asked(Shape):
    """A field of a form."""

    name: str  # OPEN_FORM_FIELD_...
    required: bool  # whether it must be filled in
    value: str | None = None  # what the platform knows


def asked_of(work: Work, row: TemplateRow, user: str) -> list[Asked]:
    """What a form asks of somebody, with what the platform knows already."""
    known = known_of(work, work.ask("kaifang.account.party.find", user_id=user))
    return [
        Asked(name=name, required=name in row.required, value=known.get(name))
        for name in (*row.required, *row.optional)
    ]


def fill_in(work: Work, row: TemplateRow, person: Any, told: Mapping[str, str]) -> dict[str, str]:
    """A form filled in by what a person told, and where they said nothing by what is required and known."""
    asked = [*row.required, *row.optional]
    for name, value in told.items():
        pattern = WRITTEN.get(name.removeprefix(PREFIX))
        if name not in asked or pattern is None or not re.fullmatch(pattern, value):
            raise CARD_FORM_MISSING(field=name, reason="not as the form asks for it")
    known = known_of(work, person)
    filled = {name: told.get(name) or known.get(name, "") for name in row.required}
    for name, value in filled.items():
        if not value:
            raise CARD_FORM_MISSING(field=name, reason="missing; it is required")
    return filled | {name: value for name, value in told.items() if value}
