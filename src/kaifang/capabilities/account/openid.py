"""Names under which each app knows its users, so that apps cannot compare whom they know."""

from kaifang.kernel import Key, Shape, Who, Work, method

from .tables import OpenIdRow


class Give(Shape):
    user_id: Key  # whom
    app: Key | None = None  # for which app; the app acted for if left out


class Given(Shape):
    open_id: str  # 47 letters and digits


@method("kaifang.account.openid.give", who=Who.INSIDE)
def give(work: Work, ask: Give) -> Given:
    """The open_id of a user for an app; made at first use, the same ever after."""
    return Given(open_id=open_id_of(work, ask.app or work.caller.auth_app, ask.user_id))


def open_id_of(work: Work, app: str, user: str) -> str:
    """The name under which an app knows a user."""
    known = work.find(OpenIdRow, app=app, user=user)
    if known is None:
        known = work.add(OpenIdRow(app=app, user=user, open_id=f"0{work.chance.text(46)}"))
    return known.open_id
