"""What shops and merchants say of themselves, in the words of the wire."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Key, Line, Shape

Degrees = Annotated[str, Meta(pattern=r"^-?\d{1,3}(\.\d{1,15})?$", max_length=20)]
Time = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
WeekDay = Annotated[int, Meta(ge=1, le=7)]
Images = Annotated[list[Key], Meta(max_length=20)]


class AddressInfo(Shape):
    """Where something is."""

    province_code: Key | None = None  # of the province, six digits
    city_code: Key | None = None  # of the city, six digits
    district_code: Key | None = None  # of the district, six digits
    address: Line | None = None  # street and number
    longitude: Degrees | None = None  # degrees east, such as 120.104735
    latitude: Degrees | None = None  # degrees north, such as 30.261121
    poiid: Key | None = None  # the number of the place on the map
    type: Key | None = None  # BUSINESS_ADDRESS or REGISTERED_ADDRESS


class BusinessTime(Shape):
    """When a shop is open on one day of the week."""

    week_day: WeekDay  # 1 is Monday, 7 is Sunday
    open_time: Time  # such as 09:00
    close_time: Time  # such as 21:00; not after open_time: on the next day


class Period(Shape):
    """A part of a day."""

    open_time: Time  # such as 09:00
    close_time: Time  # such as 12:00; not after open_time: on the next day


class ComplexBusinessTime(Shape):
    """When a shop is open on one day of the week, with breaks."""

    week_day: WeekDay  # 1 is Monday, 7 is Sunday
    time_period: Annotated[list[Period], Meta(max_length=10)] = []  # one after the other


class ContactInfo(Shape):
    """Who can be asked."""

    name: Line | None = None  # what that person is called
    mobile: Key | None = None  # telephone number
    phone: Key | None = None  # telephone number of the house
    email: Line | None = None  # mail address
    id_card_no: Key | None = None  # number of the identity card
    type: Key | None = None  # such as LEGAL_PERSON, CONTROLLER or AGENT
    tag: Annotated[list[Key], Meta(max_length=10)] = []  # what for, such as 02: disputes


class Qualification(Shape):
    """A licence for a kind of business."""

    industry_qualification_type: Key  # which licence
    industry_qualification_image: Key  # the image of it, as the upload answered


class IndustryLicense(Shape):
    """A licence of a shop."""

    license_type: Key | None = None  # which licence
    license_no: Key | None = None  # its number
    license_pic: Key | None = None  # the image of it, as the upload answered
    expire_time: Key | None = None  # until when it is good


class IndustryInfo(Shape):
    """What an industry wants to know of a shop."""

    info_code: Key  # what it is about
    info_value: Annotated[list[Line], Meta(max_length=50)] = []  # what there is to say


class ExtInfo(Shape):
    """Something agreed on."""

    key_name: Key  # what it is about
    value: Line  # what there is to say


class SettleCard(Shape):
    """A bank card that money is settled to."""

    account_no: Key  # number of the card
    account_holder_name: Line  # whose card
    account_inst_id: Key  # the bank, such as CMB
    account_inst_name: Line | None = None  # what the bank is called
    account_branch_name: Line | None = None  # which branch
    account_inst_province: Line | None = None  # in which province
    account_inst_city: Line | None = None  # in which city
    account_type: Literal["DC", "CC"] = "DC"  # DC: a debit card
    usage_type: Literal["01", "02"] = "02"  # 01: of a company, 02: of a person
    bank_code: Key | None = None  # number of the branch


class Papers(Shape):
    """What proves who runs a business."""

    cert_type: Key | None = None  # 201: business licence, 2011: the same with the credit code
    cert_no: Key | None = None  # its number
    cert_name: Line | None = None  # the name on it
    cert_image: Key | None = None  # the image of it, as the upload answered
    legal_name: Line | None = None  # the legal representative
    legal_cert_no: Key | None = None  # number of that person's identity card
    license_auth_letter_image: Key | None = None  # the image of a letter of authority
    qualifications: Annotated[list[Qualification], Meta(max_length=20)] = []  # licences for this kind of business


class Basics(Papers):
    """What every application for a shop may say."""

    business_address: AddressInfo | None = None  # where it is
    business_time: Annotated[list[BusinessTime], Meta(max_length=50)] = []  # when it is open
    contact_infos: Annotated[list[ContactInfo], Meta(max_length=10)] = []  # who can be asked
    contact_mobile: Key | None = None  # telephone number of the shop
    contact_phone: Key | None = None  # the same, of a fixed line
    out_door_images: Images = []  # images of its front, as the upload answered
    brand_id: Key | None = None  # which brand
    scene: Key | None = None  # of particular businesses
    settle_alipay_logon_id: Line | None = None  # the account that is settled to
    ext_infos: Annotated[list[ExtInfo], Meta(max_length=50)] = []  # what was agreed on
    memo: Line | None = None  # a note


class Told(Basics):
    """What a shop tells of itself when it is asked."""

    new_business_time: Annotated[list[ComplexBusinessTime], Meta(max_length=50)] = []  # the same, with breaks
    shop_main_type: Key | None = None  # which kind of place
    industry_info: Annotated[list[IndustryInfo], Meta(max_length=50)] = []  # what its industry wants to know
    industry_license: Annotated[list[IndustryLicense], Meta(max_length=20)] = []  # licences of the shop


class About(Told):
    """What a shop says of itself beside its name and kind."""

    biz_cards: Annotated[list[SettleCard], Meta(max_length=1)] = []  # the card that is settled to
    cover: Key | None = None  # the image that people see, as the upload answered
    expire_time: Key | None = None  # until when the business licence is good


def images_of(about: Papers) -> list[str]:
    """Every image that is named."""
    named = [about.cert_image, about.license_auth_letter_image]
    named += [one.industry_qualification_image for one in about.qualifications]
    if isinstance(about, About):
        named += [about.cover, *about.out_door_images, *(one.license_pic for one in about.industry_license)]
    return [one for one in named if one]
