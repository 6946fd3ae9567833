"""What the wallet does with a code that somebody scanned."""

import re
from urllib.parse import parse_qsl

from kaifang.kernel import NO_USER, Fault, Shape, Text, Who, Work, method

from .errors import CHECKOUT_NOT_EXIST, SCAN_CODE_INVALID
from .find import the_checkout

OWN = "/#/"  # how the pages of the wallet begin
APP = "alipays://platformapi/startapp"  # how the codes of mini programs begin
PAGE = re.compile(r"(?:^|/)cashier/([0-9A-Za-z]{32})(?:[?#]|$)")


class Scan(Shape):
    code: Text  # the text of a QR code, the path of a cashier page, or a trade number


class Scanned(Shape):
    path: str | None = None  # the page of the cashier to go to, or
    page: str | None = None  # the page of the wallet, such as /money/to/..., or
    app_id: str | None = None  # the mini program that is opened,
    app_page: str | None = None  # at this page of it


@method("kaifang.wallet.scan", who=Who.WALLET, raises=[CHECKOUT_NOT_EXIST, SCAN_CODE_INVALID])
def scan(work: Work, ask: Scan) -> Scanned:
    """Find out what somebody scanned: what the cashier asks for, a page of the wallet, or a mini program."""
    if work.caller.user is None:
        raise NO_USER()
    home = work.link(OWN)
    if ask.code.startswith(home):
        return Scanned(page="/" + ask.code.removeprefix(home))
    if ask.code.startswith(APP):
        named = dict(parse_qsl(ask.code.partition("?")[2]))
        return Scanned(app_id=named.get("appId"), app_page=named.get("page"))
    page = PAGE.search(ask.code)
    if page:
        return Scanned(path=f"/cashier/{the_checkout(work, page[1]).id}")
    try:
        return Scanned(path=work.ask("kaifang.trade.scan", code=ask.code, user=work.caller.user).path)
    except Fault as refusal:
        raise SCAN_CODE_INVALID(reason=refusal.kind.code) from None
