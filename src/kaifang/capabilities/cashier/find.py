"""Finding a page of the cashier by its token."""

from kaifang.kernel import SECOND, Work

from .errors import CHECKOUT_NOT_EXIST
from .tables import CheckoutRow


def new_token(work: Work) -> str:
    """32 characters that cannot be guessed; the second leads, so that new pages stand together in the store."""
    return f"{work.now // SECOND:08x}{work.chance.text(24)}"


def the_checkout(work: Work, token: str) -> CheckoutRow:
    """The page with this token, or at this path."""
    checkout = work.find(CheckoutRow, id=token.rpartition("/")[2])
    if checkout is None:
        raise CHECKOUT_NOT_EXIST()
    return checkout
