"""People and merchants: opening, finding and changing them."""

from typing import Literal

from kaifang.kernel import INVALID_PARAMETER, Address, Ahead, Key, Line, Money, Shape, Who, Work, method

from .errors import LOGON_ID_TAKEN, PARTY_CLOSED, PARTY_NOT_EXIST
from .find import Whom, folded, masked, the_party, user_of_open_id
from .password import PayPassword, SignInPassword, digest, set_pay_password, set_signin_password
from .states import Party
from .tables import DeliveryAddress, PartyRow

Status = Literal["NORMAL", "BLOCKED", "CLOSED"]


class AddressAsked(Shape):
    province: Line  # such as 浙江省
    city: Line  # such as 杭州市
    address: Line  # street and number
    fullname: Line  # who receives
    mobile: Key  # whom the courier rings
    area: Line = ""  # district or county


class About(Shape):
    mobile: Key | None = None  # telephone number
    nick_name: Line | None = None  # what others call them
    avatar: Address | None = None  # URL of a picture
    gender: Literal["F", "M"] | None = None  # female or male
    province: Line | None = None  # where they live
    city: Line | None = None  # where they live
    address: AddressAsked | None = None  # where things are delivered to
    cert_no: Key | None = None  # number of the identity card
    certified: bool | None = None  # whether their identity was proved
    no_password_limit: Money | None = None  # payment codes pay up to this without a password
    balance_pay: bool | None = None  # whether they may pay from the balance
    code_pay: bool | None = None  # whether they may pay by showing a code
    face_pay: bool | None = None  # whether they may pay with their face


class Open(About):
    kind: Literal["person", "merchant"]  # whom for
    logon_id: Key  # mail address or mobile number to sign in with
    name: Line  # as on the identity card or licence
    pay_password: PayPassword  # six digits
    signin_password: SignInPassword | None = None  # left out: they sign in with the payment password


class Opened(Shape):
    user_id: str  # 16 digits, 2088...


@method("kaifang.account.party.open", who=Who.OPERATOR, raises=[LOGON_ID_TAKEN])
def open_party(work: Work, ask: Open) -> Opened:
    """Open an account for a person or a merchant."""
    logon_id = folded(ask.logon_id)
    if work.find(PartyRow, logon_id=logon_id) is not None:
        raise LOGON_ID_TAKEN(logon_id=logon_id)
    party = PartyRow(
        id=work.new_party(), opened=work.now, kind=ask.kind, logon_id=logon_id, name=ask.name,
        pay_secret=digest(work, ask.pay_password),
        signin_secret=digest(work, ask.signin_password) if ask.signin_password else "",
    )  # fmt: skip
    describe(party, ask)
    work.add(party)
    return Opened(user_id=party.id)


class Change(About):
    user_id: Key  # whom
    status: Status | None = None  # BLOCKED parties cannot pay, CLOSED ones are gone
    pay_password: PayPassword | None = None  # a new one, six digits; it unlocks paying
    signin_password: SignInPassword | None = None  # a new one; it unlocks signing in
    name: Line | None = None  # as on the identity card or licence


@method("kaifang.account.party.change", who=Who.OPERATOR, raises=[PARTY_NOT_EXIST, PARTY_CLOSED])
def change(work: Work, ask: Change) -> Opened:
    """Change what is known of a party, what it may do, or block and close it; what is left out stays."""
    party = the_party(work, ask.user_id)
    if party.state == Party.CLOSED.name:
        raise PARTY_CLOSED(user_id=party.id)
    if ask.name is not None:
        party.name = ask.name
    describe(party, ask)
    if ask.pay_password:
        set_pay_password(work, party, ask.pay_password)
    if ask.signin_password:
        set_signin_password(work, party, ask.signin_password)
    arrows = {"NORMAL": Party.unblock, "BLOCKED": Party.block, "CLOSED": Party.close}
    if ask.status is not None and ask.status != party.state:
        arrows[ask.status](work, party)
    return Opened(user_id=party.id)


DESCRIBED = tuple(name for name in About.__struct_fields__ if name != "address")


def describe(party: PartyRow, about: About) -> None:
    """Note what is told of a party."""
    for name in DESCRIBED:
        if (told := getattr(about, name)) is not None:
            setattr(party, name, told)
    if (home := about.address) is not None:
        party.address = DeliveryAddress(**{name: getattr(home, name) for name in home.__struct_fields__})


class Find(Whom):
    logon_id: Key | None = None  # mail address or mobile number they sign in with
    app: Key | None = None  # whose open_id it is; the app acted for if left out


class Found(Shape):
    user_id: str  # 16 digits, 2088...
    kind: str  # person or merchant
    logon_id: str  # in full: never for others to see
    masked: str  # the logon_id as others may see it
    name: str  # as on the identity card or licence
    nick_name: str  # what others call them; empty if unknown
    avatar: str  # URL of a picture; empty if unknown
    cert_no: str  # number of the identity card: never for others to see; empty if unknown
    mobile: str  # telephone number: never for others to see; empty if unknown
    status: str  # NORMAL, BLOCKED or CLOSED
    certified: bool  # whether their identity was proved
    opened: int  # since when there is this account, milliseconds
    no_password_limit: Money  # payment codes pay up to this without a password
    balance_pay: bool  # whether they may pay from the balance
    code_pay: bool  # whether they may pay by showing a code
    face_pay: bool  # whether they may pay with their face


def find_ahead(look: Ahead, ask: Find) -> None:
    """The party, if its number is given."""
    if ask.user_id:
        look.row(PartyRow, id=ask.user_id)


@method("kaifang.account.party.find", who=Who.INSIDE, reads=True, raises=[PARTY_NOT_EXIST], ahead=find_ahead)
def find(work: Work, ask: Find) -> Found:
    """Find a party by its number, by an app's open_id, or by its logon_id."""
    party = party_meant(work, ask)
    return Found(
        user_id=party.id, kind=party.kind, logon_id=party.logon_id, masked=masked(party.logon_id), name=party.name,
        nick_name=party.nick_name, avatar=party.avatar, cert_no=party.cert_no, mobile=party.mobile,
        status=party.state, certified=party.certified, opened=party.opened,
        no_password_limit=party.no_password_limit, balance_pay=party.balance_pay, code_pay=party.code_pay,
        face_pay=party.face_pay,
    )  # fmt: skip


def party_meant(work: Work, ask: Find) -> PartyRow:
    """By number first, then by open_id, then by logon_id."""
    if ask.user_id:
        return the_party(work, ask.user_id)
    if ask.open_id:
        return the_party(work, user_of_open_id(work, ask.app or work.caller.auth_app, ask.open_id))
    if not ask.logon_id:
        raise INVALID_PARAMETER(field="user_id", reason="give user_id, open_id or logon_id")
    party = work.find(PartyRow, logon_id=folded(ask.logon_id))
    if party is None:
        raise PARTY_NOT_EXIST(logon_id=ask.logon_id)
    return party
