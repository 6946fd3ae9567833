"""The people who work on a mini program: its developers, and those who try it before it is out."""

import re

from kaifang.kernel import NO_USER, Fault, Key, Moment, Shape, Who, Work, method

from .errors import (
    APPLICATION_TYPE_NOT_MINIAPP,
    CANNOT_INVITE_MANAGER,
    DEVELOPER_ALREADY_EXSIT,
    DEVELOPER_ALREADY_REFUSED,
    EXPERIENCER_ALREADY_EXIST,
    EXPERIENCER_ALREADY_REFUSED,
    INVALID_LOGON_ID,
    INVALID_ROLE,
    INVITATION_NOT_EXIST,
    ROLE_NOT_EXSIT,
    ROLE_OVER_LIMIT,
    USER_ID_IS_BLANK,
    USER_INFO_NOT_EXIST,
)
from .party import the_party
from .states import Membership
from .subscription import Done
from .tables import App, Member

LOGON_ID = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+|\+?\d{6,20}")
MOST_MEMBERS = 10  # of one role
THERE = {"DEVELOPER": DEVELOPER_ALREADY_EXSIT, "EXPERIENCER": EXPERIENCER_ALREADY_EXIST}
REFUSED = {"DEVELOPER": DEVELOPER_ALREADY_REFUSED, "EXPERIENCER": EXPERIENCER_ALREADY_REFUSED}


class Create(Shape):
    logon_id: Key  # mail address or mobile number
    role: Key  # DEVELOPER or EXPERIENCER


CREATE_FAULTS = [
    *(APPLICATION_TYPE_NOT_MINIAPP, INVALID_LOGON_ID, INVALID_ROLE, USER_INFO_NOT_EXIST, CANNOT_INVITE_MANAGER),
    *(ROLE_OVER_LIMIT, *THERE.values(), *REFUSED.values()),
]


@method("alipay.open.app.members.create", raises=CREATE_FAULTS)
def create(work: Work, ask: Create) -> Done:
    """Invite somebody to work on a mini program; it counts once they accept."""
    known_role(ask.role)
    if not LOGON_ID.fullmatch(ask.logon_id):
        raise INVALID_LOGON_ID(logon_id=ask.logon_id)
    app = the_mini(work)
    try:
        party = the_party(work, logon_id=ask.logon_id)
    except Fault:
        raise USER_INFO_NOT_EXIST(logon_id=ask.logon_id) from None
    if party.user_id == app.party:
        raise CANNOT_INVITE_MANAGER()
    kept = work.find(Member, id=member_id(app.id, party.user_id, ask.role))
    if kept is not None:
        raise (REFUSED if kept.state == Membership.REFUSED.name else THERE)[ask.role]()
    if work.count(Member, "app = ? and role = ?", (app.id, ask.role)) >= MOST_MEMBERS:
        raise ROLE_OVER_LIMIT(most=MOST_MEMBERS)
    work.add(
        Member(
            id=member_id(app.id, party.user_id, ask.role), app=app.id, user=party.user_id, role=ask.role,
            invited_at=work.now,
        )
    )  # fmt: skip
    return Done()


def known_role(role: str) -> None:
    """Refuse roles that there are not."""
    if role not in THERE:
        raise INVALID_ROLE(role=role)


def the_mini(work: Work) -> App:
    """The mini program that is acted for."""
    app = work.find(App, id=work.caller.auth_app)
    if app is None or app.kind != "MINI":
        raise APPLICATION_TYPE_NOT_MINIAPP(app_id=work.caller.auth_app)
    return app


def member_id(app: str, user: str, role: str) -> str:
    """How a member is found."""
    return f"{app}/{user}/{role}"


class Delete(Shape):
    role: Key  # DEVELOPER or EXPERIENCER
    user_id: Key | None = None  # whom, or
    open_id: Key | None = None  # whom


@method(
    "alipay.open.app.members.delete",
    raises=[APPLICATION_TYPE_NOT_MINIAPP, USER_ID_IS_BLANK, INVALID_ROLE, ROLE_NOT_EXSIT],
)
def delete(work: Work, ask: Delete) -> Done:
    """Take somebody off a mini program, or take an invitation back."""
    known_role(ask.role)
    if not (ask.user_id or ask.open_id):
        raise USER_ID_IS_BLANK()
    app = the_mini(work)
    try:
        user = the_party(work, user_id=ask.user_id, open_id=ask.open_id).user_id
    except Fault:
        raise ROLE_NOT_EXSIT(role=ask.role) from None
    member = work.find(Member, id=member_id(app.id, user, ask.role))
    if member is None:
        raise ROLE_NOT_EXSIT(role=ask.role)
    work.remove(member)
    return Done()


class Query(Shape):
    role: Key  # DEVELOPER or EXPERIENCER


class Told(Shape, kw_only=True):
    user_id: str | None = None  # who, or
    open_id: str | None = None  # who, for applications that know users by open_id
    logon_id: str  # masked
    nick_name: str | None = None  # what others call them
    portrait: str | None = None  # URL of a picture
    role: str  # DEVELOPER or EXPERIENCER
    status: str  # UNCONFIRMED, VALID or REFUSED
    gmt_invite: Moment  # when they were invited
    gmt_join: Moment | None = None  # when they accepted


class Queried(Shape):
    app_member_info_list: list[Told]  # the first invited first


@method("alipay.open.app.members.query", raises=[APPLICATION_TYPE_NOT_MINIAPP, INVALID_ROLE])
def query(work: Work, ask: Query) -> Queried:
    """List the members of a mini program who have a role."""
    known_role(ask.role)
    app = the_mini(work)
    found = work.select(Member, "app = ? and role = ?", (app.id, ask.role), "invited_at, id")
    return Queried(app_member_info_list=[told(work, member) for member in found])


def told(work: Work, member: Member) -> Told:
    """A member as the application may know them."""
    if work.caller.open_ids:
        who = {"open_id": work.ask("kaifang.account.openid.give", user_id=member.user).open_id}
    else:
        who = {"user_id": member.user}
    party = the_party(work, user_id=member.user)
    return Told(
        **who, logon_id=party.masked, nick_name=party.nick_name or None, portrait=party.avatar or None,
        role=member.role, status=member.state,
        gmt_invite=Moment(member.invited_at), gmt_join=Moment(member.joined_at) if member.joined_at else None,
    )  # fmt: skip


class Answer(Shape):
    app_id: Key  # which mini program
    role: Key  # DEVELOPER or EXPERIENCER
    accept: bool  # whether to work on it


class Answered(Shape):
    status: str  # VALID or REFUSED


@method("kaifang.openapp.member.answer", raises=[INVITATION_NOT_EXIST], who=Who.WALLET)
def answer(work: Work, ask: Answer) -> Answered:
    """Accept or refuse to work on a mini program."""
    member = work.find(Member, id=member_id(ask.app_id, signed_in(work), ask.role))
    if member is None or member.state != Membership.UNCONFIRMED.name:
        raise INVITATION_NOT_EXIST(app_id=ask.app_id)
    if ask.accept:
        Membership.accept(work, member)
        member.joined_at = work.now
    else:
        Membership.refuse(work, member)
    return Answered(status=member.state)


def signed_in(work: Work) -> str:
    """The user of the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


class Mine(Shape):
    pass


class Invitation(Shape):
    app_id: str  # which mini program
    name: str  # what people see
    role: str  # DEVELOPER or EXPERIENCER
    status: str  # UNCONFIRMED, VALID or REFUSED


class Invitations(Shape):
    memberships: list[Invitation]  # the latest first


@method("kaifang.openapp.member.list", who=Who.WALLET, reads=True)
def mine(work: Work, ask: Mine) -> Invitations:
    """List the mini programs you work on or were invited to."""
    found = work.select(Member, '"user" = ?', (signed_in(work),), "invited_at desc, id")
    apps = {member.app: app for member in found if (app := work.find(App, id=member.app))}
    return Invitations(
        memberships=[
            Invitation(app_id=member.app, name=apps[member.app].name, role=member.role, status=member.state)
            for member in found
        ]
    )
