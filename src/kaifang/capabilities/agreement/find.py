"""Finding the agreement and the person that are meant."""

from typing import Any

from kaifang.kernel import INVALID_PARAMETER, NO_USER, FaultKind, Key, Line, Shape, Work, told_as

from .errors import PRODUCT_CODE_NOT_SUPPORTED_ERROR, USER_NOT_EXIST_ERROR
from .product import NO_SCENE, check_product
from .states import Agreement
from .tables import AgreementRow

MOST = 20  # agreements of one kind that are looked at, the newest first


class Person(Shape):
    """A person as a merchant names one."""

    alipay_user_id: Key | None = None  # who signed, by user id,
    alipay_open_id: Line | None = None  # or as your app knows that person,
    alipay_logon_id: Line | None = None  # or by the mail address or mobile number to sign in with


class Which(Person):
    """An agreement as a merchant names one."""

    agreement_no: Key | None = None  # its number; if given, nothing else counts
    external_agreement_no: Key | None = None  # your own number
    personal_product_code: Key | None = None  # the product; needed without agreement_no
    sign_scene: Key = NO_SCENE  # the scene it was signed for
    third_party_type: Key = "PARTNER"  # what you are to the person


def slot_of(merchant: str, product: str, scene: str, number: str) -> str:
    """The place that only one agreement in force can have; without a number of the merchant's it is the person's."""
    return "/".join([merchant, product, scene, number])


def own_agreement(work: Work, agreement_no: str, missing: FaultKind) -> AgreementRow:
    """The merchant's agreement with this number."""
    row = work.find(AgreementRow, id=agreement_no)
    if row is None or row.merchant != work.caller.merchant:
        raise missing(agreement_no=agreement_no)
    return row


def agreement_meant(work: Work, ask: Which, missing: FaultKind) -> AgreementRow:
    """The merchant's agreement: the one in force if there were several."""
    if ask.agreement_no:
        return own_agreement(work, ask.agreement_no, missing)
    if ask.personal_product_code is None:
        raise INVALID_PARAMETER(field="agreement_no", reason="give agreement_no, or personal_product_code and whose")
    check_product(ask.personal_product_code)
    user = person_meant(work, ask).user_id if names_somebody(ask) else None
    if user is None and ask.external_agreement_no is None:
        raise INVALID_PARAMETER(field="external_agreement_no", reason="give agreement_no, your own number or a person")
    found = [row for row in candidates(work, ask, user) if user in (None, row.user)]
    found.sort(key=in_force, reverse=True)
    if not found or found[0].third_party_type != ask.third_party_type:
        raise missing(external_agreement_no=ask.external_agreement_no)
    return found[0]


def candidates(work: Work, ask: Which, user: str | None) -> list[AgreementRow]:
    """The merchant's agreements of this product and scene, under a number of his own or with a person."""
    product, scene = ask.personal_product_code or "", ask.sign_scene
    if ask.external_agreement_no:
        return same_offers(work, product, scene, ask.external_agreement_no)
    where = '"user" = ? and merchant = ? and product = ? and scene = ?'
    return work.select(AgreementRow, where, (user, work.caller.merchant, product, scene), "id desc", MOST)


def same_offers(work: Work, product: str, scene: str, number: str) -> list[AgreementRow]:
    """The merchant's agreements under one number of his own, the newest first."""
    where = "merchant = ? and external_agreement_no = ? and product = ? and scene = ?"
    return work.select(AgreementRow, where, (work.caller.merchant, number, product, scene), "id desc", MOST)


def names_somebody(ask: Person) -> bool:
    """Whether a person is named at all."""
    return bool(ask.alipay_user_id or ask.alipay_open_id or ask.alipay_logon_id)


def person_meant(work: Work, ask: Person) -> Any:
    """What is known of the person who is named; the user id counts before the others."""
    which: dict[str, str | None] = {"user_id": ask.alipay_user_id} if ask.alipay_user_id else {}
    if not which:
        which = {"open_id": ask.alipay_open_id} if ask.alipay_open_id else {"logon_id": ask.alipay_logon_id}
    with told_as({"PARTY_NOT_EXIST": USER_NOT_EXIST_ERROR}):
        return work.ask("kaifang.account.party.find", **which)


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def in_force(row: AgreementRow) -> bool:
    """Whether it was signed and has not ended."""
    return row.state in (Agreement.NORMAL.name, Agreement.STOP.name)


FIND_FAULTS = [USER_NOT_EXIST_ERROR, PRODUCT_CODE_NOT_SUPPORTED_ERROR]
