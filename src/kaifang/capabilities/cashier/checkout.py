"""A page of the cashier: opened by a capability, looked at, confirmed or left by a person."""

from urllib.parse import urlsplit, urlunsplit

from kaifang.kernel import (
    DAY,
    INVALID_PARAMETER,
    NO_USER,
    Address,
    Count,
    Fault,
    Key,
    Line,
    Moment,
    Money,
    Return,
    Shape,
    Who,
    Work,
    method,
)

from .errors import CHECKOUT_CHANGED, CHECKOUT_DONE, CHECKOUT_EXPIRED, CHECKOUT_LEFT, CHECKOUT_NOT_EXIST
from .find import new_token, the_checkout
from .states import Checkout
from .tables import CheckoutRow


class Open(Shape):
    kind: Key  # what is asked: pay, freeze, sign, transfer, redpacket, certify ...
    title: Line  # what it is about, as the person reads it
    confirm: Key  # the method that is asked with {subject, user_id, channel} when the person confirms
    subject: Key  # the number of the thing it is about
    trade_no: Key | None = None  # the same, if that is a trade
    amount: Money | None = None  # how much, if anything is paid
    payee: Line | None = None  # who gets it, as the person reads it; the merchant's name if left out
    details: dict[Key, Line] = {}  # further lines to read, by their names
    expires: int | None = None  # milliseconds since 1970; a day from now if left out
    in_app: Key | None = None  # the method of an app that waits for the outcome, if one does
    enable_channels: Line | None = None  # only to be paid with these, by comma: balance, debitCardExpress ...
    disable_channels: Line | None = None  # with none of these, by comma
    return_url: Address | None = None  # where a browser goes once it is done
    quit_url: Address | None = None  # where a browser goes when the person leaves
    merchant: Key | None = None  # for whom; the caller's merchant if left out
    app: Key | None = None  # which app is told; the caller's if left out


class Opened(Shape):
    token: str  # 32 characters
    path: str  # where the page is on this platform


@method("kaifang.cashier.open", who=Who.INSIDE)
def open_checkout(work: Work, ask: Open) -> Opened:
    """Ask a person to confirm something, on a page of their own."""
    if ask.return_url and site(ask.return_url) is None:
        raise INVALID_PARAMETER(field="return_url", reason="not a web address")
    merchant, app = ask.merchant or work.caller.merchant, ask.app or work.caller.app
    checkout = CheckoutRow(
        id=new_token(work), merchant=merchant, app=app, kind=ask.kind, title=ask.title,
        payee=ask.payee or work.ask("kaifang.account.party.find", user_id=merchant).name,
        amount=ask.amount or Money(0), details=ask.details, confirm=ask.confirm, subject=ask.subject,
        auth_app=work.caller.auth_app if app == work.caller.app else app, in_app=ask.in_app or "",
        return_url=ask.return_url or "", quit_url=ask.quit_url or "", enable_channels=ask.enable_channels or "",
        disable_channels=ask.disable_channels or "", trade=ask.trade_no or "",
        expires=ask.expires if ask.expires is not None else work.now + DAY,
    )  # fmt: skip
    work.add(checkout)
    work.later(checkout.expires, "checkout.expire", checkout.id)
    return Opened(token=checkout.id, path=f"/cashier/{checkout.id}")


class Look(Shape):
    token: Line  # the token that opening gave, or the page's path


class Trust(Shape):
    score: int  # of 100 promises so many are kept
    trades: Count  # that were paid
    complaints: Count  # about them
    refunds: Count  # of them


class Seen(Shape):
    kind: str  # pay, freeze, sign, transfer, redpacket, certify ...
    title: str  # what it is about
    payee: str  # who gets it
    details: dict[str, str]  # further lines to read, by their names
    state: str  # OPEN, DONE, LEFT or EXPIRED
    expires: Moment  # until when it can be confirmed
    trade_no: str | None = None  # the trade that is paid, if it is one
    amount: Money | None = None  # how much, if anything is paid
    enable_channels: str | None = None  # only to be paid with these, by comma
    disable_channels: str | None = None  # with none of these, by comma
    quit_url: str | None = None  # where a browser goes when the person leaves
    home: str | None = None  # the merchant's site, if the browser is to go back to it
    trust: Trust | None = None  # how the merchant kept its promises until last night


@method("kaifang.cashier.look", who=Who.WALLET, raises=[CHECKOUT_NOT_EXIST])
def look(work: Work, ask: Look) -> Seen:
    """Read what is to be confirmed; the first look is what begins a page's trade."""
    checkout = the_checkout(work, ask.token)
    if not checkout.shown and Checkout.show.possible(checkout):
        checkout.shown = True
        Checkout.show(work, checkout, kind=checkout.kind, confirm=checkout.confirm, about=checkout.subject)
    return Seen(
        kind=checkout.kind, title=checkout.title, payee=checkout.payee, amount=checkout.amount or None,
        details=checkout.details, trust=trust(work, checkout), state=checkout.state, expires=Moment(checkout.expires),
        quit_url=checkout.quit_url or None, home=site(checkout.return_url), trade_no=checkout.trade or None,
        enable_channels=checkout.enable_channels or None, disable_channels=checkout.disable_channels or None,
    )  # fmt: skip


def trust(work: Work, checkout: CheckoutRow) -> Trust | None:
    """How the merchant kept its promises so far; nothing of one who sold nothing yet, or where nothing is bought."""
    known = work.ask("kaifang.merchant.trust.read", merchant=checkout.merchant) if checkout.kind == "pay" else None
    if known is None or known.score is None:
        return None
    return Trust(score=known.score, trades=known.trades, complaints=known.complaints, refunds=known.refunds)


class Extend(Shape):
    token: Line  # the token that opening gave
    expires: int  # milliseconds since 1970


class Extended(Shape):
    expires: Moment  # until when it can be confirmed


@method("kaifang.cashier.extend", who=Who.INSIDE, raises=[CHECKOUT_NOT_EXIST])
def extend(work: Work, ask: Extend) -> Extended:
    """Leave a page open for longer; one that is over stays so."""
    checkout = the_checkout(work, ask.token)
    if ask.expires > checkout.expires:
        checkout.expires = ask.expires
        work.later(checkout.expires, "checkout.expire", checkout.id)
    return Extended(expires=Moment(checkout.expires))


def site(address: str) -> str | None:
    """The site that an address belongs to, if it is one."""
    try:
        return urlunsplit((*urlsplit(address)[:2], "/", "", "")) if address else None
    except ValueError:
        return None


class Confirm(Shape):
    token: Line  # the token that opening gave, or the page's path
    pay_password: Key  # six digits
    channel: Key | None = None  # what to pay with: balance, or the number of a card; the usual if left out
    amount: Money | None = None  # yuan, as the person saw it; only that much is paid


class Refusal(Shape):
    code: str  # the fault's code, such as BALANCE_NOT_ENOUGH
    zh: str  # what happened and the cure, in Chinese
    en: str  # the same in English


CONFIRMED, FAILED, CANCELLED = "9000", "4000", "6001"  # resultStatus, in the words of the official SDKs for apps


class Confirmed(Shape):
    done: bool  # whether it is confirmed
    left: Count | None = None  # after a wrong password: how many tries are left
    locked_until: Moment | None = None  # after too many: when it may be tried again
    refused: Refusal | None = None  # after the right one: why it could still not be done
    back: Return | None = None  # where the browser goes, and what is told there
    method: str | None = None  # under which name the outcome is told
    told: dict[str, str] | None = None  # the outcome
    result_status: str | None = None  # for an app that waits: 9000 it is done, 4000 it failed
    result: Return | None = None  # for an app that waits: the outcome as JSON, signed as answers of the gateway are


@method(
    "kaifang.cashier.confirm",
    who=Who.WALLET,
    raises=[CHECKOUT_NOT_EXIST, CHECKOUT_DONE, CHECKOUT_LEFT, CHECKOUT_EXPIRED, CHECKOUT_CHANGED],
)
def confirm(work: Work, ask: Confirm) -> Confirmed:
    """Confirm with the payment password; who confirmed already hears the same again."""
    user = signed_in(work)
    checkout = the_checkout(work, ask.token)
    if checkout.state == Checkout.DONE.name and checkout.user == user:
        return outcome(checkout)
    if not Checkout.confirm.possible(checkout):
        raise Checkout.refusal(checkout.state)(state=checkout.state)
    if checkout.expires <= work.now:
        raise CHECKOUT_EXPIRED(expires=Moment(checkout.expires))
    if ask.amount is not None and ask.amount != checkout.amount:
        raise CHECKOUT_CHANGED(amount=checkout.amount)
    checked = work.ask("kaifang.account.password.check", user_id=user, pay_password=ask.pay_password)
    if not checked.right:
        return Confirmed(done=False, left=checked.left, locked_until=checked.locked_until)
    return carry_out(work, checkout, user, ask.channel)


def signed_in(work: Work) -> str:
    """The user who stands at the cashier."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def carry_out(work: Work, checkout: CheckoutRow, user: str, channel: str | None) -> Confirmed:
    """Do what was confirmed; a refusal is answered, and the page stays open for another try."""
    try:
        with work.attempt() as part:
            done = part.ask(checkout.confirm, subject=checkout.subject, user_id=user, channel=channel)
    except Fault as refusal:
        said = Refusal(code=refusal.kind.code, zh=refusal.says("zh"), en=refusal.says("en"))
        return Confirmed(done=False, refused=said, result_status=FAILED if checkout.in_app else None)
    checkout.user, checkout.method = user, done.method
    checkout.told = {name: str(value) for name, value in done.fields.items() if value is not None}
    Checkout.confirm(work, checkout, kind=checkout.kind, confirm=checkout.confirm, about=checkout.subject)
    return outcome(checkout)


def outcome(checkout: CheckoutRow) -> Confirmed:
    """What is told of a page that was confirmed."""
    done = Confirmed(done=True, method=checkout.method, told=checkout.told)
    told = {"fields": checkout.told, "app": checkout.app, "auth_app": checkout.auth_app}
    if checkout.return_url:
        done.back = Return(url=checkout.return_url, method=checkout.method, **told)
    if checkout.in_app:
        done.result_status, done.result = CONFIRMED, Return(url="", method=checkout.in_app, **told)
    return done


class Leave(Shape):
    token: Line  # the token that opening gave, or the page's path


class Gone(Shape):
    back: str | None = None  # where a browser goes, if the merchant said
    result_status: str | None = None  # for an app that waits: 6001


@method("kaifang.cashier.leave", who=Who.WALLET, raises=[CHECKOUT_NOT_EXIST, CHECKOUT_DONE, CHECKOUT_EXPIRED])
def leave(work: Work, ask: Leave) -> Gone:
    """Leave without confirming; leaving again changes nothing."""
    checkout = the_checkout(work, ask.token)
    if checkout.state != Checkout.LEFT.name:
        Checkout.leave(work, checkout, kind=checkout.kind, confirm=checkout.confirm, about=checkout.subject)
    return Gone(back=checkout.quit_url or None, result_status=CANCELLED if checkout.in_app else None)
