"""What is kept of a page of the cashier."""

from kaifang.kernel import Money, Row, table

from .states import Checkout


@table("checkout")
class CheckoutRow(Row):
    """One thing that somebody is asked to confirm."""

    id: str  # its token, 32 characters; leads with the second, so that new ones stand together
    merchant: str  # for whom, a user id
    app: str  # which app asked, and is told
    kind: str  # pay, freeze, sign, transfer, redpacket, certify ...
    title: str  # what it is about, as the person reads it
    payee: str  # who gets it, as the person reads it
    amount: Money = Money(0)  # how much; 0.00 where nothing is paid
    details: dict[str, str] = {}  # further lines to read, by their names
    confirm: str  # the method that is asked when the person confirms
    subject: str  # the number of the thing it is about
    trade: str = ""  # the same, if that is a trade
    auth_app: str = ""  # the app that asked for it, or the merchant's that it acted for
    in_app: str = ""  # the method of an app that waits for the outcome; empty: none does
    enable_channels: str = ""  # only to be paid with these, by comma
    disable_channels: str = ""  # with none of these, by comma
    return_url: str = ""  # where a browser goes once it is done
    quit_url: str = ""  # where a browser goes when the person leaves
    expires: int  # milliseconds
    state: str = Checkout.begin.name
    shown: bool = False  # whether somebody has seen it
    user: str = ""  # who confirmed
    method: str = ""  # under which name the outcome is told
    told: dict[str, str] = {}  # the outcome as it is told
