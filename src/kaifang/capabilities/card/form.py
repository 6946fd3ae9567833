"""The form that people fill in to join: what it may ask for."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Work, method

from .errors import (
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
