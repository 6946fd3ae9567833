"""What becomes of an application when the merchant whom it is for has answered, or says nothing; codes alike."""

from kaifang.kernel import Happening, Work, hears

from .review import accept, refuse
from .states import Shopcode
from .tables import AdmissionRow, ShopcodeRow


def asked(work: Work, happening: Happening) -> AdmissionRow | None:
    """The application that a proposal was about, if it waits for just this answer."""
    if happening.facts["kind"] != "admission":
        return None
    order = work.find(AdmissionRow, id=happening.facts["about"])
    return order if order is not None and order.confirmed == "CREATE" else None


def asked_code(work: Work, happening: Happening) -> ShopcodeRow | None:
    """The code at a door that a proposal was about, if it waits for an answer."""
    if happening.facts["kind"] != "shopcode":
        return None
    code = work.find(ShopcodeRow, id=happening.facts["about"])
    return code if code is not None and Shopcode.activate.possible(code) else None


@hears("proposal.agree")
def agreed(work: Work, happening: Happening) -> None:
    """The merchant agrees: it is admitted."""
    order = asked(work, happening)
    if order is not None:
        order.confirmed = "FINISH"
        accept(work, order)
    if (code := asked_code(work, happening)) is not None:
        Shopcode.activate(work, code, merchant=happening.facts["party"])


@hears("proposal.refuse", "proposal.lapse")
def refused(work: Work, happening: Happening) -> None:
    """The merchant does not agree, or not in time."""
    order = asked(work, happening)
    if order is not None:
        order.confirmed = "FAIL"
        refuse(work, order, "the merchant did not agree")
    if (code := asked_code(work, happening)) is not None:
        Shopcode.refuse(work, code, merchant=happening.facts["party"])
