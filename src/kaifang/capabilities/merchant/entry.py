"""What a service provider says of a merchant whom it brings."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Address, Flag, Key, Line, Shape

from .parts import AddressInfo, ContactInfo, Images, Qualification, SettleCard

Service = Literal[
    "当面付", "jsapi支付", "app支付", "wap支付", "电脑支付", "预授权支付", "商户代扣", "小程序支付", "订单码支付"
]  # fmt: skip


class SettleRule(Shape):
    """Where money is settled to unless an order says otherwise."""

    default_settle_type: Literal["alipayAccount", "bankCard"]  # to an account here, or to a bank card
    default_settle_target: Line  # the logon id of the account, or the number of the card, as given beside


class Site(Shape):
    """Where a merchant sells in the net."""

    site_type: Literal["01", "02", "03", "04", "05", "06"]  # 01: a website, 02: an app, 06: a mini program
    site_url: Address | None = None  # where it is
    site_name: Line | None = None  # what it is called
    site_domain: Line | None = None  # its domain
    tiny_app_id: Key | None = None  # of a mini program: its number
    icp_no: Key | None = None  # the number under which it is registered
    icp_org_name: Line | None = None  # who registered it
    icp_service_name: Line | None = None  # as what
    download: Address | None = None  # where an app is had
    market: Line | None = None  # in which market
    screenshot_image: Key | None = None  # image of it, as the upload answered
    auth_letter_image: Key | None = None  # image of a letter of authority
    remark: Line | None = None  # a note


class Invoice(Shape):
    """What invoices to the merchant say."""

    title: Line | None = None  # to whom
    tax_no: Key | None = None  # its tax number
    tax_payer_qualification: Key | None = None  # 01: general, 02: small
    tax_payer_valid: Key | None = None  # since when
    auto_invoice: Flag | None = None  # whether invoices are sent without asking
    accept_electronic: Flag | None = None  # whether electronic ones will do
    address: Line | None = None  # of the company
    telephone: Key | None = None  # of the company
    bank_name: Line | None = None  # its bank
    bank_account: Key | None = None  # and account there
    mail_name: Line | None = None  # to whom they are sent
    mail_telephone: Key | None = None  # and how that person is reached
    mail_address: AddressInfo | None = None  # where they are sent


class Entry(Shape):
    """What every application for a secondary merchant may say."""

    alias_name: Line | None = None  # what buyers read
    alipay_logon_id: Line | None = None  # the account that is settled to
    binding_alipay_logon_id: Line | None = None  # the account that agrees if none is settled to
    business_address: AddressInfo | None = None  # where it is
    default_settle_rule: SettleRule | None = None  # where money is settled to
    license_auth_letter_image: Key | None = None  # image of a letter of authority
    qualifications: Annotated[list[Qualification], Meta(max_length=20)] = []  # licences for this kind of business
    service: Annotated[list[Service], Meta(max_length=9)] = []  # how it is paid
    service_phone: Key | None = None  # telephone number for buyers
    sign_time_with_isv: Key | None = None  # since when it works with you
    invoice_info: Invoice | None = None  # what invoices to it say
    biz_cards: Annotated[list[SettleCard], Meta(max_length=1)] = []  # the card that is settled to
    contact_infos: Annotated[list[ContactInfo], Meta(max_length=10)] = []  # who can be asked
    in_door_images: Images = []  # images of its rooms, as the upload answered
    out_door_images: Images = []  # images of its front, as the upload answered
    sites: Annotated[list[Site], Meta(max_length=10)] = []  # where it sells in the net


class Proved(Entry):
    """The same, with what proves who the merchant is."""

    merchant_type: Literal["01", "02", "03", "04", "05", "06", "07"] | None = None  # 01: company, 06: person ...
    cert_type: Key | None = None  # which certificate: 201, 2011, 218, 204, 206, 219 or 100
    cert_image: Key | None = None  # image of it, as the upload answered
    cert_image_back: Key | None = None  # image of its back
    legal_name: Line | None = None  # the legal representative; needed unless it is a person
    legal_cert_no: Key | None = None  # number of that person's identity card; needed unless it is a person
    legal_cert_type: Key | None = None  # 100: an identity card of the mainland; others by their numbers
    legal_cert_front_image: Key | None = None  # image of it, as the upload answered
    legal_cert_back_image: Key | None = None  # image of its back


class Full(Proved):
    """The same, with the numbers of its certificate."""

    cert_no: Key | None = None  # number of the certificate
    cert_name: Line | None = None  # the name on it, if it is a small trader


class WantedMerchant(Shape, tag_field="what", tag="merchant"):
    """A secondary merchant as its provider wants it to be."""

    external_id: str
    name: str
    category: str
    account: str  # user id of the account that is settled to; empty: to the card
    signer: str  # user id of the account that has to agree; empty if none has
    about: Full


class BankCard(Shape):
    """A card at the bank that brings a merchant."""

    card_no: Key  # its number
    card_name: Line  # whose card
    bank_branch_name: Line | None = None  # which branch


class BankSite(Site):
    """Where a merchant sells in the net, as banks say it."""

    site_type: Literal["01", "02", "03", "04", "05", "06"] = "01"  # 01: a website, 02: an app


Code = Literal["F2F", "PC", "APP", "PRE_F2F", "PRE_APP"]


class BankAbout(Shape):
    """What a bank says of a merchant whom it brings."""

    name: Line | None = None  # as on its licence
    alias_name: Line | None = None  # what buyers read
    service_phone: Key | None = None  # telephone number for buyers
    category_id: Key | None = None  # what it sells,
    mcc: Key | None = None  # or the same as ISO 18245 counts it
    source: Key | None = None  # who recommended it, a user id
    org_pid: Key | None = None  # the bank, a user id
    business_license: Key | None = None  # number of its licence
    business_license_type: Key | None = None  # NATIONAL_LEGAL, NATIONAL_LEGAL_MERGE or INST_RGST_CTF
    contact_info: Annotated[list[ContactInfo], Meta(max_length=10)] = []  # who can be asked
    address_info: Annotated[list[AddressInfo], Meta(max_length=10)] = []  # where it is
    bankcard_info: Annotated[list[BankCard], Meta(max_length=10)] = []  # its cards
    site_info: Annotated[list[BankSite], Meta(max_length=10)] = []  # where it sells in the net
    logon_id: Annotated[list[Line], Meta(max_length=10)] = []  # its accounts here
    pay_code_info: Annotated[list[Line], Meta(max_length=50)] = []  # what its codes at the till say
    memo: Line | None = None  # a note
