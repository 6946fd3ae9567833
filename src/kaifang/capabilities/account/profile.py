"""What a user lets an app know of them."""

from kaifang.kernel import Shape, Who, Work, method

from .errors import USER_PERMISSION
from .find import signed_in, the_party
from .openid import open_id_of
from .scope import PROFILE, private_fields
from .states import Party
from .tables import ConsentRow, PartyRow


class Nothing(Shape):
    pass


class Profile(Shape):
    user_id: str | None = None  # 16 digits; left out for apps that know users by open_id
    open_id: str | None = None  # the name under which this app knows the user, if it knows users so
    nick_name: str | None = None  # what others call them
    avatar: str | None = None  # URL of a picture
    gender: str | None = None  # F or M
    province: str | None = None  # where they live
    city: str | None = None  # where they live
    user_type: str  # 1 a company, 2 a person
    user_status: str  # T in good standing, B blocked
    is_certified: str  # T if their identity was proved, else F
    user_name: str | None = None  # as on the identity card; this and the rest if your app was granted the field
    mobile: str | None = None  # telephone number
    cert_type: str | None = None  # 0: identity card of mainland China
    cert_no: str | None = None  # number of the identity card


@method("alipay.user.info.share", who=Who.USER, raises=[USER_PERMISSION])
def share(work: Work, ask: Nothing) -> Profile:
    """Read what the user lets your app know; members that they left empty are absent."""
    party = consenting(work)
    named = open_id_of(work, work.caller.auth_app, party.id) if work.caller.open_ids else None
    return Profile(
        user_id=None if named else party.id, open_id=named, nick_name=party.nick_name or None,
        avatar=party.avatar or None, gender=party.gender or None, province=party.province or None,
        city=party.city or None, user_type="1" if party.kind == "merchant" else "2",
        user_status="T" if party.state == Party.NORMAL.name else "B", is_certified="T" if party.certified else "F",
        **private_of(work, party),
    )  # fmt: skip


def private_of(work: Work, party: PartyRow) -> dict[str, str]:
    """What is known of the fields that the platform lets the app ask for, and that the user was told of."""
    app = work.caller.auth_app
    consent = work.find(ConsentRow, app=app, user=party.id)
    told = consent.fields if consent is not None else []
    kind = "0" if party.cert_no else ""
    known = {"user_name": party.name, "mobile": party.mobile, "cert_type": kind, "cert_no": party.cert_no}
    return {name: known[name] for name in private_fields(work, app, [PROFILE]) if name in told and known[name]}


def consenting(work: Work) -> PartyRow:
    """The user, if they let the app know more than who they are."""
    user = signed_in(work)
    if PROFILE not in work.caller.scopes:
        raise USER_PERMISSION(scope=PROFILE)
    return the_party(work, user)


class DefaultAddress(Shape):
    """Where a user has things delivered to."""

    prov: str  # such as 浙江省
    city: str  # such as 杭州市
    area: str | None = None  # district or county
    address: str  # street and number
    fullname: str  # who receives
    mobile: str  # whom the courier rings


class Delivered(Shape):
    default_address: DefaultAddress | None = None  # absent if the user has given none


@method("alipay.user.address.defaultaddress.query", who=Who.USER, reads=True, raises=[USER_PERMISSION])
def query_address(work: Work, ask: Nothing) -> Delivered:
    """Read where the user has things delivered to, if they said so."""
    home = consenting(work).address
    if home is None:
        return Delivered()
    return Delivered(
        default_address=DefaultAddress(
            prov=home.province,
            city=home.city,
            area=home.area or None,
            address=home.address,
            fullname=home.fullname,
            mobile=home.mobile,
        )  # fmt: skip
    )
