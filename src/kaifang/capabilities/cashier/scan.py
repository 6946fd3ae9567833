"""What the wallet does with a code that somebody scanned."""

import re

from kaifang.kernel import NO_USER, Fault, Shape, Text, Who, Work, method

from .errors import CHECKOUT_NOT_EXIST, SCAN_CODE_INVALID
from .find import the_checkout

PAGE = re.compile(r"(?:^|/)cashier/([0-9A-Za-z]{32})(?:[?#]|$)")


class Scan(Shape):
    code: Text  # the text of a QR code, the path of a cashier page, or a trade number


class Scanned(Shape):
    path: str  # the page of the cashier to go to


@method("kaifang.wallet.scan", who=Who.WALLET, raises=[CHECKOUT_NOT_EXIST, SCAN_CODE_INVALID])
def scan(work: Work, ask: Scan) -> Scanned:
    """Open the cashier for what somebody scanned."""
    if work.caller.user is None:
        raise NO_USER()
    page = PAGE.search(ask.code)
    if page:
        return Scanned(path=f"/cashier/{the_checkout(work, page[1]).id}")
    try:
        return Scanned(path=work.ask("kaifang.trade.scan", code=ask.code, user=work.caller.user).path)
    except Fault as refusal:
        raise SCAN_CODE_INVALID(reason=refusal.kind.code) from None
