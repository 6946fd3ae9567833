"""A mini program that is opened for the merchant once it agrees."""

import re
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape, Work, method

from .batch import MAIL, Done
from .errors import (
    BATCH_STATUS_IS_FINAL,
    CATEGORY_IS_BLANK,
    CATEGOTY_NUM_IS_INVALID,
    FILE_FORMAT_IS_INVALID,
    INVALID_CATEGORY,
    INVALID_MINI_APP_DESC_LENGTH,
    INVALID_MINI_APP_EN_NAME,
    INVALID_MINI_APP_EN_NAME_LENGTH,
    INVALID_MINI_APP_NAME,
    INVALID_MINI_APP_NAME_LENGTH,
    INVALID_MINI_APP_SERVICE_MAIL,
    INVALID_MINI_APP_SERVICE_TEL,
    INVALID_MINI_APP_SLOGAN_LENGTH,
    LOGO_IS_BLANK,
    SERVICE_TEL_AND_MAIL_BOTH_BLANK,
)
from .find import BATCH_FAULTS, collecting
from .paper import keep, text_of
from .tables import Mini

NAME = re.compile(r"[\u4e00-\u9fff0-9A-Za-z_]+")
ENGLISH = re.compile(r"[0-9A-Za-z_]+")
TELEPHONE = re.compile(r"[0-9+-]{5,20}")
CATEGORY = re.compile(r"\w+(_\w+)+")
Logo = Annotated[bytes, Meta(max_length=256 * 1024)]


class Create(Shape):
    batch_no: Key  # the transaction it goes into
    app_name: Line  # 3 to 20 letters, of which a Chinese one counts twice
    app_english_name: Line  # 3 to 20 letters
    app_slogan: Line  # what it is, in one sentence: 10 to 32 letters
    app_desc: Line  # what it does: 20 to 200 letters
    app_logo: Logo  # a picture, at most 256 KB
    app_category_ids: Line | None = None  # one to three, such as 11_12;12_13
    mini_category_ids: Line | None = None  # the same in the newer list; if given, the other is not read
    service_phone: Line | None = None  # where people ask, or
    service_email: Line | None = None  # mail address


CREATE_FAULTS = [
    *BATCH_FAULTS, BATCH_STATUS_IS_FINAL, INVALID_MINI_APP_NAME, INVALID_MINI_APP_NAME_LENGTH, INVALID_MINI_APP_EN_NAME,
    INVALID_MINI_APP_EN_NAME_LENGTH, INVALID_MINI_APP_SLOGAN_LENGTH, INVALID_MINI_APP_DESC_LENGTH,
    SERVICE_TEL_AND_MAIL_BOTH_BLANK, INVALID_MINI_APP_SERVICE_TEL, INVALID_MINI_APP_SERVICE_MAIL, CATEGORY_IS_BLANK,
    CATEGOTY_NUM_IS_INVALID, INVALID_CATEGORY, LOGO_IS_BLANK, FILE_FORMAT_IS_INVALID,
]  # fmt: skip


@method("alipay.open.agent.mini.create", raises=CREATE_FAULTS)
def create(work: Work, ask: Create) -> Done:
    """Put a mini program into a transaction: it is the merchant's, and you act for it, once the merchant agrees."""
    row = collecting(work, ask.batch_no)
    check_names(ask)
    check_service(ask)
    check_categories(ask)
    if not ask.app_logo:
        raise LOGO_IS_BLANK()
    row.mini = Mini(told=text_of(ask), logo=keep(work, "app_logo", ask.app_logo, smallest=1))
    return Done()


def width(text: str) -> int:
    """How long a name is: a Chinese letter counts twice."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def check_names(ask: Create) -> None:
    """What people will read."""
    if not NAME.fullmatch(ask.app_name):
        raise INVALID_MINI_APP_NAME(app_name=ask.app_name)
    if not 3 <= width(ask.app_name) <= 20:
        raise INVALID_MINI_APP_NAME_LENGTH(app_name=ask.app_name)
    if not ENGLISH.fullmatch(ask.app_english_name):
        raise INVALID_MINI_APP_EN_NAME(app_english_name=ask.app_english_name)
    if not 3 <= len(ask.app_english_name) <= 20:
        raise INVALID_MINI_APP_EN_NAME_LENGTH(app_english_name=ask.app_english_name)
    if not 10 <= len(ask.app_slogan) <= 32:
        raise INVALID_MINI_APP_SLOGAN_LENGTH(letters=len(ask.app_slogan))
    if not 20 <= len(ask.app_desc) <= 200:
        raise INVALID_MINI_APP_DESC_LENGTH(letters=len(ask.app_desc))


def check_service(ask: Create) -> None:
    """Whom people can ask."""
    if not (ask.service_phone or ask.service_email):
        raise SERVICE_TEL_AND_MAIL_BOTH_BLANK()
    if ask.service_phone and not TELEPHONE.fullmatch(ask.service_phone):
        raise INVALID_MINI_APP_SERVICE_TEL(service_phone=ask.service_phone)
    if ask.service_email and not MAIL.fullmatch(ask.service_email):
        raise INVALID_MINI_APP_SERVICE_MAIL(service_email=ask.service_email)


def check_categories(ask: Create) -> None:
    """Where it is found."""
    categories = (ask.mini_category_ids or ask.app_category_ids or "").strip(";").split(";")
    if categories == [""]:
        raise CATEGORY_IS_BLANK()
    if len(categories) > 3:
        raise CATEGOTY_NUM_IS_INVALID(categories=len(categories))
    if wrong := [one for one in categories if not CATEGORY.fullmatch(one)]:
        raise INVALID_CATEGORY(category=wrong[0])
