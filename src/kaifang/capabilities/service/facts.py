"""What other capabilities may know of a service."""

from kaifang.kernel import Key, Shape, Who, Work, method

from .tables import ServiceRow


class Read(Shape):
    service_code: Key  # which one


class Facts(Shape):
    app: str  # the application; empty if there is no such service
    merchant: str = ""  # user id
    name: str = ""  # what people read
    about: str = ""  # what it does
    words: str = ""  # by which it is found
    url: str = ""  # where a tap leads
    state: str = ""  # AUDITING, ONLINE, REJECTED, OFFLINE or DELETED


@method("kaifang.service.read", who=Who.INSIDE, reads=True)
def read(work: Work, ask: Read) -> Facts:
    """Read what there is to know of a service."""
    row = work.find(ServiceRow, id=ask.service_code)
    if row is None:
        return Facts(app="")
    return Facts(
        app=row.app, merchant=row.merchant, name=row.name, about=row.about, words=row.words, url=row.url,
        state=row.state,
    )  # fmt: skip
