"""What an account's end brings with it."""

from kaifang.kernel import Happening, Work, hears

from .ending import end_consent
from .session import end_sessions
from .states import Consent
from .tables import ConsentRow, TokenRow


@hears("party.close")
def sign_out_everywhere(work: Work, happening: Happening) -> None:
    """Who closed an account is signed out everywhere, and lets no app know them any more."""
    user = happening.subject
    for consent in work.select(ConsentRow, '"user" = ? and state = ?', (user, Consent.GIVEN.name), "app"):
        end_consent(work, consent.app, user)
    for token in work.select(TokenRow, '"user" = ?', (user,)):
        work.remove(token)
    end_sessions(work, user)
