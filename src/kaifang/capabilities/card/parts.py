"""The parts of a template as the wire has them: how a card looks, what it says, where it leads."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Address, Amount, Key, Line, Moment, Money, Shape, Text

Few = Meta(max_length=20)
Lines = Annotated[list[Line], Few]
Keys = Annotated[list[Key], Meta(max_length=1000)]
Status = Annotated[str, Meta(max_length=32)]  # a word of the merchant's own
WriteOff = Literal["none", "qrcode", "barcode", "dqrcode", "dbarcode", "mdqrcode", "mdbarcode"]


class Style(Shape):
    """How a card looks."""

    card_show_name: Annotated[str, Meta(min_length=1, max_length=64)]  # what people read
    logo_id: Line | None = None  # number of a picture
    background_id: Line | None = None  # number of a picture
    bg_color: Line | None = None  # of the writing, such as rgb(55,112,179)
    color: Line | None = None  # as it was written once; says nothing now
    brand_name: Line | None = None  # whose card it is
    slogan: Line | None = None  # what stands below
    slogan_img_id: Line | None = None  # number of a picture
    banner_img_id: Line | None = None  # number of a picture
    banner_url: Address | None = None  # where that leads
    column_info_layout: Literal["list", "grid"] | None = None  # how the lines stand
    feature_descriptions: Lines | None = None  # what is said before one joins
    front_image_enable: bool | None = None  # whether a person's picture is shown
    front_text_list_enable: bool | None = None  # whether a person's lines are


class More(Shape):
    """What a line of a card leads to."""

    title: Line | None = None  # of the page
    descs: Lines | None = None  # what stands on it
    url: Address | None = None  # or where it is
    params: Text | None = None  # for the app that is opened


class Column(Shape):
    """A line of a card."""

    code: Key  # BALANCE, POINT, LEVEL, TELEPHONE, or one of your own
    title: Line | None = None  # what it is called
    value: Line | None = None  # what stands to the right
    operate_type: Literal["openNative", "openWeb", "staticinfo"] | None = None  # what a tap does
    more_info: More | None = None  # where it leads
    group_title: Line | None = None  # of a grid: the group
    icon_id: Line | None = None  # of a grid: number of a picture
    tag: Line | None = None  # of a grid: a small word


class MiniAppAddress(Shape):
    """A page of a mini-program."""

    mini_app_id: Key  # which
    mini_page_param: Line | None = None  # which page
    mini_query_param: Line | None = None  # what it is told
    display_on_list: Line | None = None  # whether the list of cards shows it


class Action(Shape):
    """A button of a card."""

    code: Key  # your own name of it
    text: Line  # what stands on it
    url_type: Literal["url", "miniAppUrl"] | None = None  # where it leads: an address, or a mini-program
    url: Address | None = None  # the address
    mini_app_url: MiniAppAddress | None = None  # the mini-program


class Level(Shape):
    """A level of members."""

    level: Key  # your own name of it
    level_show_name: Line  # what people read
    level_desc: Line | None = None  # what it is worth
    level_icon: Line | None = None  # number of a picture


class FieldRule(Shape):
    """What a new card begins with."""

    field_name: Literal["Balance", "Point", "Level", "OpenDate", "ValidDate"]  # which member
    rule_name: Literal["ASSIGN_FROM_REQUEST", "DATE_IN_FUTURE", "CONST"]  # told when it is opened, later, always this
    rule_value: Key  # the name of what is told; so many days 10d or months 10m; or the value


class Right(Shape):
    """What somebody gets who joins."""

    title: Line  # what it is
    detail: Line | None = None  # the same at length
    logo_id: Line | None = None  # number of a picture


class OpenConf(Shape):
    """Where people join on your own pages."""

    open_card_source_type: Literal["ISV", "MER"] | None = None  # a service provider's, or yours
    source_app_id: Key | None = None  # whose page it is
    open_card_url: Annotated[str, Meta(max_length=2048, pattern="^https?://")] | None = None  # the page
    card_rights: Annotated[list[Right], Few] | None = None  # what is told there
    conf: Text | None = None  # kept; says nothing


class Promise(Shape):
    """A benefit that a template tells of."""

    title: Line  # what it is
    benefit_desc: Lines | None = None  # the same at length
    start_date: Moment | None = None  # from when
    end_date: Moment | None = None  # until when


class PubChannel(Shape):
    """Where else a card is offered."""

    pub_channel: Key  # SHOP_DETAIL: on the pages of shops
    ext_info: Text | None = None  # kept; says nothing


class FormFields(Shape):
    """What a form asks for."""

    required: Keys = []  # must be filled in
    optional: Keys = []  # may be


class FormConf(Shape):
    """The form that people fill in to join."""

    fields: FormFields | None = None  # what it asks for
    open_card_mini_app_id: Key | None = None  # the mini-program that shows it


class CodeConf(Shape):
    """Where the platform asks for a code that the merchant makes."""

    url: Annotated[str, Meta(max_length=2048, pattern="^https?://")]  # your address
    ext_params: Text | None = None  # told there as it is


class Price(Shape):
    """One way to buy a card."""

    price: Amount  # yuan
    price_type: Status | None = None  # which way, in your words
    desc: Line | None = None  # what people read
    worth: Money | None = None  # yuan it is worth


class Selling(Shape):
    """What a card is sold for, on the merchant's own pages."""

    selling_url: Address  # where
    price_detail: Annotated[list[Price], Meta(min_length=1, max_length=20)]  # the ways to buy it
    start_date: Moment | None = None  # from when
    end_date: Moment | None = None  # until when


class CycleSelling(Shape):
    """A card that can be paid for again and again."""

    support_cycle_sell: bool | None = None  # whether it can
    cycle_type: Annotated[list[Status], Few] | None = None  # how often, in your words
    cycle_selling_url: Address | None = None  # where people agree to it


class ManageUrls(Shape):
    """Where people change what they bought."""

    renew_url: Address | None = None  # for longer
    upgrade_url: Address | None = None  # for more
    downgrade_url: Address | None = None  # for less
    refund_url: Address | None = None  # for nothing
    cycle_manage_url: Address | None = None  # what is paid again and again


class PaidConf(Shape):
    """How a card is sold: nobody joins it for nothing."""

    open_selling_conf: Selling | None = None  # what for, and where
    cycle_selling_conf: CycleSelling | None = None  # again and again
    manage_url_conf: ManageUrls | None = None  # where it is changed


class Look(Shape):
    """What a template says and looks like."""

    template_style_info: Style | None = None  # how it looks
    column_info_list: Annotated[list[Column], Few] | None = None  # its lines
    card_action_list: Annotated[list[Action], Meta(max_length=3)] | None = None  # its buttons, 3 at most
    field_rule_list: Annotated[list[FieldRule], Few] | None = None  # what a new card begins with
    open_card_conf: OpenConf | None = None  # where people join on your own pages
    template_benefit_info: Annotated[list[Promise], Few] | None = None  # what it promises
    template_form_config: FormConf | None = None  # the form that people fill in
    pub_channels: Annotated[list[PubChannel], Few] | None = None  # where else it is offered
    shop_ids: Keys | None = None  # the shops it belongs to; all of yours if left out
    mdcode_notify_conf: CodeConf | None = None  # where a code that you make is asked for
    paid_outer_card_conf: PaidConf | None = None  # how it is sold, on your own pages; it costs nothing if left out
    biz_no_prefix: Annotated[str, Meta(max_length=16, pattern="^[0-9A-Za-z]*$")] | None = None  # numbers begin so
    spi_app_id: Key | None = None  # kept; says nothing
    card_spec_tag: Line | None = None  # kept; says nothing
    access_version: Line | None = None  # kept; says nothing


class FrontText(Shape):
    """A line on a person's card."""

    label: Line  # to the left
    value: Line  # to the right


class MerchantCode(Shape):
    """A code that the merchant made, to show a card by."""

    code_status: Literal["SUCCESS", "FAIL_RETRY", "FAIL_NOT_RETRY"]  # whether it was made, and asked for again if not
    code_value: Key | None = None  # the code, if it was made
    expire_time: Moment | None = None  # until when it is good, if it was made
    time_stamp: int | None = None  # when you made it, in seconds


class MerchantCard(Shape):
    """A card as merchants write it."""

    template_id: Key | None = None  # in an update: the template that it belongs to from now on
    biz_card_no: Key | None = None  # the platform's number; never asked for
    external_card_no: Key | None = None  # your own number of it
    open_date: Moment | None = None  # since when
    valid_date: Moment | None = None  # until when
    level: Key | None = None  # which level
    point: Key | None = None  # points, two decimals at most
    balance: Key | None = None  # yuan paid in
    front_image_id: Line | None = None  # number of a picture of the person
    front_text_list: Annotated[list[FrontText], Meta(max_length=4)] | None = None  # lines about the person
    mdcode_info: MerchantCode | None = None  # a code that you made


class Purchase(Shape):
    """What a person paid for a card."""

    action_date: Moment | None = None  # when
    price: Money | None = None  # yuan
    alipay_trade_no: Key | None = None  # the trade it was paid with here; the platform checks it
    out_trade_no: Key | None = None  # your own number of the order
    source: Line | None = None  # where the person came from, in your words


class Cycle(Shape):
    """What a person agreed to pay again and again."""

    cycle_type: Status | None = None  # how often, in your words
    open_status: Status | None = None  # whether it goes on, in your words
    close_reason: Line | None = None  # why it does not
    alipay_deduct_agreement: Key | None = None  # number of the agreement
    alipay_deduct_product_code: Key | None = None  # product of the agreement
    alipay_deduct_scene: Line | None = None  # scene of the agreement


class PaidInfo(Shape):
    """How a card was bought, renewed, or changed for another kind."""

    action: Status | None = None  # what the person did last, in your words
    purchase_info: Purchase | None = None  # what was paid for it
    cycle_info: Cycle | None = None  # what is paid again and again
