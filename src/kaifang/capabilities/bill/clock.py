"""What time does to bills: links end."""

from kaifang.kernel import Happening, Work, timer

from .tables import Ticket


@timer("bill.ticket_end")
def end_ticket(work: Work, happening: Happening) -> None:
    """A link's 30 seconds are over."""
    ticket = work.find(Ticket, id=happening.subject)
    if ticket is not None:
        work.remove(ticket)
