"""What became of one try of a notification, and how it gets into the delivery log."""

import msgspec

from kaifang.kernel import Work
from kaifang.kernel.events import Job
from kaifang.kernel.notices import Notice, tried


class Outcome(msgspec.Struct, kw_only=True):
    """What was sent and what came back."""

    sent: str = ""  # the body, or the frame
    status: int = 0  # HTTP status; 0 when nobody answered
    answer: str = ""  # what came back, or what went wrong and what helps
    took: int = 0  # milliseconds


def record(work: Work, job: Job, outcome: Outcome) -> None:
    """Note a try that a job asked for, unless somebody else has made it meanwhile."""
    notice = work.find(Notice, id=job.subject)
    assert notice is not None, f"{job.subject} was sent, but nobody knows what it says"
    tried(work, job, notice, **msgspec.structs.asdict(outcome))
