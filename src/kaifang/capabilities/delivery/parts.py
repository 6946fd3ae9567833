"""The parts of a delivery as the wire has them: what is shown, when, and to whom."""

from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Address, Amount, Key, Line, Moment, Shape

Keys = Annotated[list[Key], Meta(max_length=1000)]


class Agency(Shape):
    """For whom a service provider asks."""

    merchant_id: Key | None = None  # user id of the merchant who authorised you
    merchant_id_type: Key | None = None  # PID
    business_type: Key | None = None  # ISV_FOR_MERCHANT


class Picture(Shape):
    delivery_image: Key | None = None  # resource_id of the picture that is shown


class Material(Shape):
    delivery_single_material: Picture | None = None  # one picture
    material_id_list: Keys | None = None  # or several, by resource_id


class Base(Shape):
    """What a delivery is called, and when it is shown."""

    delivery_name: Line | None = None  # what you call it
    delivery_begin_time: Moment | None = None  # from when it is shown
    delivery_end_time: Moment | None = None  # until when
    delivery_material: Material | None = None  # with which pictures


class ActivityContent(Shape):
    activity_id: Key  # an activity of yours that is published


class AppContent(Shape):
    mini_app_id: Key  # a mini-program
    mini_app_delivery_type: Key | None = None  # what of it
    service_code_list: Keys | None = None  # which of its services


class ItemContent(Shape):
    item_id: Key  # goods
    item_type: Key | None = None  # of which kind


class Words(Shape):
    main_title: Line | None = None  # what people read first
    sub_title: Line | None = None  # and below


class Content(Shape):
    """What is shown: one of the three."""

    delivery_content_type: Key | None = None  # which of them, in your words
    delivery_activity_content: ActivityContent | None = None  # an activity
    delivery_app_content: AppContent | None = None  # a mini-program
    delivery_item_content: ItemContent | None = None  # goods
    delivery_display_info: Words | None = None  # with which words


class SendGuide(Shape):
    delivery_guide_url: Address | None = None  # where a touch leads


class ContentConfig(Shape):
    delivery_send_guide: SendGuide | None = None  # where a touch leads


class SingleSend(Shape):
    delivery_content_info: Content | None = None  # what is shown
    delivery_content_config: ContentConfig | None = None  # where a touch leads


class FullSend(Shape):
    delivery_content_info: Content | None = None  # what is shown
    delivery_floor_amount: Amount | None = None  # yuan that an order must come to at least, up to 99999.00


class Play(Shape):
    """How something is shown: to everybody meant, or to whoever paid enough."""

    delivery_single_send_config: SingleSend | None = None  # in any slot
    delivery_full_send_config: FullSend | None = None  # after a payment of some size


class Cities(Shape):
    all_city: bool | None = None  # everywhere
    city_codes: Keys | None = None  # or in these cities


class Scope(Shape):
    delivery_available_scope_type: Key | None = None  # CITY_CODE
    delivery_available_city_code: Cities | None = None  # which cities


class Crowd(Shape):
    crowd_id: Key | None = None  # number of a crowd


class Seller(Shape):
    merchant_id: Key  # user id of a merchant: yourself
    merchant_id_type: Key | None = None  # PID


class Sellers(Shape):
    delivery_merchant_mode: Key | None = None  # how they are chosen
    delivery_merchant_infos: Annotated[list[Seller], Meta(max_length=100)] | None = None  # after whose payments
    brand_id_list: Keys | None = None  # of which brands


class SearchBox(Shape):
    box_id: Key | None = None  # number of a brand box


class Template(Shape):
    template_id: Key | None = None  # number of a message template


Tags = Annotated[str, Meta(max_length=680, pattern=r"^\w{1,32}(,\w{1,32})*$")]


class Target(Sellers):
    """To whom, where and after what something is shown."""

    delivery_type: Key | None = None  # what kind of delivery, in your words
    delivery_recall_mode: Key | None = None  # CITY_RECALL or SHOP_RECALL
    delivery_available_scope: Scope | None = None  # for CITY_RECALL: which cities
    delivery_city_code_rule: Cities | None = None  # in which cities
    delivery_crowd_rule: Crowd | None = None  # to which crowd
    delivery_merchant_rule: Sellers | None = None  # after payments to whom
    delivery_promo_tags: Tags | None = None  # only after orders with one of these marks, by comma
    delivery_search_box_rule: SearchBox | None = None  # in which brand box
    delivery_template_rule: Template | None = None  # by which message template


class Config(Shape):
    """The older way to say what is shown where."""

    activity_id: Key  # an activity of yours that is published
    booth_code: Key  # in which slot
    channel: Key | None = None  # the same
