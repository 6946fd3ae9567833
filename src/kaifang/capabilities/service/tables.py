"""What is kept of services, places and what people keep."""

from kaifang.kernel import Row, table

from .states import Poi, Service


@table("service", unique=[("app", "out_no")], index=[("app", "id")])
class ServiceRow(Row):
    """Something that a mini-program can do for people."""

    id: str  # service_code
    app: str
    merchant: str  # user id
    out_no: str | None  # the merchant's own number
    category: str  # category_id
    name: str
    url: str
    about: str  # what it does
    words: str  # by which it is found, with commas between
    logo: str  # number or URL of a picture
    xml: str  # as it was given
    template: str  # template_type
    delivery: str  # user_service_delivery_type
    changed: int = 0  # data_timestamp of the last change of its state
    reason: str = ""  # why it was rejected
    state: str = Service.begin.name


@table("service_poi", index=[("app", "id")])
class PoiRow(Row):
    """A place at which a mini-program is found."""

    id: str  # poi_id
    app: str
    merchant: str  # user id
    address: str
    certificate: str  # number of the licence
    related: str  # on whose licence, if it is another's
    papers: list[str]  # numbers of pictures of it
    shown: bool = False
    reason: str = ""  # why it was rejected
    state: str = Poi.begin.name


@table("service_kept", key=("user", "app"))
class KeptRow(Row):
    """A mini-program that a person opened, or keeps."""

    user: str  # user id
    app: str
    opened: int = 0  # when last, milliseconds
    favorite: int = 0  # since when it is among the person's own, milliseconds; 0: it is not


@table("service_grid")
class GridRow(Row):
    """The grid of applications as a person laid it out."""

    id: str  # user id
    apps: list[str]
