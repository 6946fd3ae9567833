"""What is kept of devices."""

from kaifang.kernel import Money, Row, table

from .states import Device, DeviceDelivery, DeviceMessage, MerchantPlan, Presence


@table("device", unique=[("supplier", "sn")], index=[("merchant",)])
class DeviceRow(Row):
    """One device: who makes it, the key it signs with, and to whom it is bound."""

    id: str  # 28 digits, on the wire biz_tid
    supplier: str  # user id of whoever makes or brings it
    sn: str  # serial number, unique with its supplier
    kind: str  # TILL, FACE or SPEAKER
    model: str  # what its supplier calls it
    sold_to: str = ""  # user id of the only merchant who may bind it; empty: its supplier, or for whom that one acts
    public_key: str  # Ed25519, 32 bytes in base64
    keys: int = 0  # how many it had before
    registered: int  # milliseconds
    state: str = Device.begin.name
    merchant: str = ""  # user id; empty: bound to nobody
    merchant_type: str = "direct"  # direct, or indirect: through a service provider
    smid: str = ""  # the number of an indirect merchant
    shop: str = ""  # the platform's number of the shop
    app: str = ""  # the application that bound it, for which it acts
    auth_app: str = ""  # the merchant's application that this one acted for
    report: str = ""  # the last inspection report
    reported: int = 0  # milliseconds


@table("device_supplier")
class SupplierRow(Row):
    """Whoever makes or brings devices, once the platform's operators have looked at them."""

    id: str  # user id
    trusted: bool = False  # whether its terminals may say whose face they saw


@table("device_binding", key=("device", "mini_app"))
class BindingRow(Row):
    """What a device does for its merchant: as a plain device, or with one mini-program."""

    device: str
    mini_app: str  # app_id of the mini-program; empty: none
    app_type: str = ""  # MINI_APP
    application_id: str = ""  # kept as told
    equipment_type: str = ""  # kept as told
    external_id: str = ""  # the service provider's number of the merchant
    external_id_secret: str = ""  # what that provider proves it with
    external_shop_id: str = ""  # the service provider's number of the shop
    source: str = ""  # user id of the service provider
    spi_app_id: str = ""  # the service provider's application that is asked back
    terminal_bind_info: str = ""  # the service provider's own words


@table("device_presence")
class PresenceRow(Row):
    """How a device has been heard of; apart from the device, because it changes with every message."""

    id: str  # of the device
    state: str = Presence.begin.name
    beat: int = 0  # when its heart beat last, milliseconds
    software: str = ""  # the version that it said it runs
    counter: int = 0  # of the last message
    signed: int = 0  # when the last message was signed, milliseconds by the device's clock


@table("device_heard", key=("device", "keys", "counter"), index=[("at",)])
class HeardRow(Row):
    """A message that a device has sent, so that neither its replay nor another one with its number is believed."""

    device: str
    keys: int  # how many the device had before the one it was signed with
    counter: int
    digest: str  # SHA-256 of what was signed
    at: int  # milliseconds


@table("face", unique=[("user",)])
class FaceRow(Row):
    """By which face somebody is known; of the face itself nothing is kept."""

    id: str  # SHA-256 of the template
    user: str  # user id


@table("face_look", unique=[("ftoken",)], index=[("until",)])
class LookRow(Row):
    """One look at a face by a merchant's terminal."""

    id: str  # zim_id
    merchant: str  # user id
    until: int  # how long it may be used, milliseconds
    ftoken: str | None = None  # what the terminal was given for the face
    user: str = ""  # whose it is
    phone: bool = False  # whether that person agreed to tell the telephone number


@table("device_message", unique=[("device", "ref")], index=[("device", "state")])
class MessageRow(Row):
    """Something that a device is to say, show or print."""

    id: str  # 28 digits
    device: str
    merchant: str  # who sends it
    ref: str  # the sender's number of it: the same is sent once
    kind: str  # VOICE, SHOW or PRINT
    content: str  # what to say, show or print
    at: int  # milliseconds
    until: int  # when it is of no use any more, milliseconds
    state: str = DeviceMessage.begin.name
    ended: int = 0  # when the device had done it, or it expired, milliseconds


@table("device_booth", index=[("space", "until")])
class BoothRow(Row):
    """A place on the screens of devices that the platform has opened to merchants for some time."""

    id: str  # plan_id
    space: str  # space_code: which place
    name: str  # what people call it
    since: int  # milliseconds
    until: int  # milliseconds


@table("device_merchant_plan", unique=[("slot",)], index=[("merchant", "state")])
class MerchantPlanRow(Row):
    """What a merchant has shown in such a place on its devices."""

    id: str  # merchant_plan_id
    merchant: str  # user id
    plan: str  # plan_id
    space: str  # space_code
    activity: str  # the vouchers that are shown
    slot: str | None  # only one of a merchant for each plan and activity
    mini_app: str = ""  # where a touch leads: the mini-program,
    page: str = ""  # and the page in it
    since: int  # milliseconds
    until: int  # milliseconds
    state: str = MerchantPlan.begin.name


@table("device_delivery", unique=[("merchant", "out_biz_no")], index=[("merchant", "state")])
class DeliveryRow(Row):
    """What a merchant delivers to the screens of its own devices."""

    id: str  # delivery_id
    merchant: str  # user id
    app: str  # the application that made it
    out_biz_no: str  # the merchant's number
    name: str  # what the merchant calls it
    space: str  # in which place
    activities: list[str]  # the vouchers that are shown
    shops: list[str] = []  # only in these; none: in all
    not_shops: list[str] = []  # in none of these
    least: Money = Money(0)  # after payments from this on
    most: Money = Money(0)  # and up to this; 0: any
    since: int  # milliseconds
    until: int  # milliseconds
    state: str = DeviceDelivery.begin.name
    problem: str = ""  # why it could not be published


@table("device_showing", index=[("at",)])
class ShowingRow(Row):
    """What was shown to somebody on a device, so that a touch of it is known for what it is."""

    id: str  # booth_token
    merchant: str  # user id
    user: str  # to whom
    activities: list[str]  # the vouchers that were shown
    at: int  # milliseconds
