"""What others' events mean for agreements."""

from kaifang.kernel import Happening, Work, hears

from .agreement import end
from .find import in_force
from .tables import AgreementRow


@hears("party.close")
def end_all(work: Work, happening: Happening) -> None:
    """Who closed an account has no agreements any more, neither as a person nor as a merchant."""
    where = '"user" = ? or merchant = ?'
    for row in work.select(AgreementRow, where, (happening.subject, happening.subject), "id"):
        if in_force(row):
            end(work, row, row.notify_url)
