"""The end of a consent: what hung on it is void, and the app is told, if it asked to be."""

from kaifang.kernel import Work

from .openid import open_id_of
from .states import Consent
from .tables import ConsentRow

CANCELLED = "alipay.open.auth.userauth.cancelled"


def end_consent(work: Work, app: str, user: str) -> bool:
    """End a user's consent to an app; whether there was one."""
    consent = work.find(ConsentRow, app=app, user=user)
    if consent is None or not Consent.withdraw.possible(consent):
        return False
    Consent.withdraw(work, consent, app=app, user=user)
    open_ids = work.ask("kaifang.openapp.credentials", app_id=app).open_ids
    whom = {"open_id": open_id_of(work, app, user)} if open_ids else {"user_id": user}
    told = {"cancel_time": work.now, **whom, "app_id": app}
    work.ask("kaifang.openapp.message.send", msg_method=CANCELLED, content=told, app=app, subject=user)
    return True
