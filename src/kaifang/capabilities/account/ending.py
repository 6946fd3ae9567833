"""The end of a consent: what hung on it is void, and the app is told."""

import msgspec

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
    there = work.ask("kaifang.openapp.credentials", app_id=app)
    whom = {"open_id": open_id_of(work, app, user)} if there.open_ids else {"user_id": user}
    told = msgspec.json.encode({"cancel_time": work.now, **whom, "app_id": app}).decode()
    work.notify(app, there.gateway, CANCELLED, f"{app}/{user}", {"biz_content": told}, style="message")
    return True
