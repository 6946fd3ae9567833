"""What is kept of agreements."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Money, Row, Shape, table

from .states import Agreement


class Rules(Shape):
    """When and how much may be deducted."""

    period_type: Literal["DAY", "MONTH"]  # what a period is counted in
    period: int  # how many of them it lasts
    first: int  # the first day on which it is due: its midnight in Beijing, milliseconds
    single: Money  # yuan at once, at most
    total: Money = Money(0)  # yuan in all, at most; zero: any amount
    payments: int = 0  # how often in all, at most; zero: any number


Years = Annotated[int, Meta(ge=0, le=150)]


class Ages(Shape):
    """How old who signs has to be."""

    min: Years = 0  # whole years at least
    max: Years = 150  # whole years at most


class Permission(Shape):
    """The next deduction, once the person was told of it."""

    number: str  # the merchant's own number of the announcement
    amount: Money  # yuan, at most
    day: int  # the planned day: its midnight in Beijing, milliseconds
    starts: int  # milliseconds
    ends: int  # milliseconds


@table("agreement", unique=[("slot",)], index=[("merchant", "external_agreement_no"), ("user", "merchant")])
class AgreementRow(Row):
    """One agreement between a person and a merchant."""

    id: str  # agreement_no
    merchant: str  # user id
    app: str  # the app that asked
    auth_app: str  # the app it acted for
    product: str  # personal_product_code
    scene: str  # sign_scene
    third_party_type: str = "PARTNER"
    external_agreement_no: str = ""  # the merchant's own number
    external_logon_id: str = ""  # who the person is in the merchant's shop
    slot: str | None = None  # merchant, product, scene and number or person: only one such agreement is in force
    user: str = ""  # who signed
    open_ids: bool = False  # whether the app knows people by open_id only
    open_id: str = ""  # then: as whom it knows this one
    only_user: str = ""  # who alone may sign, if the merchant said
    only_name: str = ""  # what that person must be called
    only_cert_no: str = ""  # and the number of the identity card
    ages: Ages | None = None  # how old that person must be
    device: str = ""  # the device it is for, by the merchant's number
    state: str = Agreement.begin.name
    offered_until: int  # milliseconds; it can be signed until then
    signed: int = 0  # milliseconds
    invalid: int  # when it ends by itself, milliseconds
    notify_url: str = ""
    rules: Rules | None = None  # of deductions by period
    due: int = 0  # the day of the next one: its midnight in Beijing, milliseconds
    deducted: Money = Money(0)  # so far
    deductions: int = 0  # how many
    last: int = 0  # when the last one was, milliseconds
    permission: Permission | None = None  # the next one, if the person was told of it


@table("agreement_application", index=[("user",)])
class Application(Row):
    """An agreement that waits for the code which the person was told."""

    id: str  # apply_token
    agreement: str  # agreement_no
    user: str
    code: str


@table("agreement_terms")
class TermsRow(Row):
    """What the platform agreed with a merchant about agreements."""

    id: str  # user id
    unconfirmed: bool = False  # whether he may sign for people without their confirmation
