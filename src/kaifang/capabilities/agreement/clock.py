"""What time does to agreements: offers are forgotten, those signed for a time end."""

from kaifang.kernel import Happening, Work, timer

from .states import Agreement
from .tables import AgreementRow, Application


@timer("agreement.forget")
def forget(work: Work, happening: Happening) -> None:
    """Forget an offer that nobody signed in time."""
    row = work.find(AgreementRow, id=happening.subject)
    if row is not None and row.state == Agreement.TEMP.name and row.offered_until <= work.now:
        work.remove(row)


@timer("agreement.application_end")
def end_application(work: Work, happening: Happening) -> None:
    """Forget an application that nobody completed in time."""
    application = work.find(Application, id=happening.subject)
    if application is not None:
        work.remove(application)


@timer("agreement.expire")
def expire(work: Work, happening: Happening) -> None:
    """End an agreement whose time is over; nobody is told, as both knew it before."""
    row = work.find(AgreementRow, id=happening.subject)
    if row is not None and Agreement.expire.possible(row) and row.invalid <= work.now:
        Agreement.expire(work, row, merchant=row.merchant, user=row.user)
        row.slot = None
