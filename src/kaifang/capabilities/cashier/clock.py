"""What time does at the cashier."""

from kaifang.kernel import Happening, Work, timer

from .states import Checkout
from .tables import CheckoutRow


@timer("checkout.expire")
def expire(work: Work, happening: Happening) -> None:
    """Close a page that nobody confirmed in time."""
    checkout = work.find(CheckoutRow, id=happening.subject)
    if checkout is not None and checkout.expires <= work.now and Checkout.expire.possible(checkout):
        Checkout.expire(work, checkout, kind=checkout.kind, confirm=checkout.confirm, about=checkout.subject)
