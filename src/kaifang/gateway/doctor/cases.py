"""Calls that were refused before they reached their method, as they were sent, until newer ones need the room."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from kaifang.kernel import Fault, Happening, Row, Shape, Work, hears, table

PER_APP, ALL = 50, 500  # cases kept; with the largest of them 16 MB
KEYS_PER_APP = 10  # that an app has had


class Sent(Shape):
    """A call as it was sent, and what it was checked against."""

    version: str  # v2 or v3
    verb: str
    target: bytes  # path and query, not decoded
    body: bytes  # urlencoded fields, or the text that v3 signs; without files
    upload: bytes = b""  # the whole body where another part of it is signed
    host: bytes = b""
    content_type: str = ""
    authorization: bytes = b""
    token: bytes | None = None  # alipay-app-auth-token
    whole: bool = True  # whether the content was kept too
    key: str = ""  # the public key that the signature was checked with; empty if it did not come to that
    platform_key: str = ""
    platform_sn: str = ""
    root_sn: str = ""
    wall: int = 0  # the machine's clock


@table("doctor_case", index=[("app",)])
class Case(Row):
    """A call that was refused before it reached its method."""

    id: str  # trace, which begins with the time
    app: str  # empty if none was found
    at: int  # the platform's clock
    method: str
    code: str  # of the refusal
    facts: dict[str, str]  # what the refusal said of the case
    sent: Sent


@table("doctor_key", key=("app", "digest"))
class UsedKey(Row):
    """A public key that an app has, or had once."""

    app: str
    digest: str
    public_key: str
    since: int


def keep(work: Work, cases: Sequence[Case]) -> None:
    """Keep these, and let go of the oldest beyond the bounds."""
    for case in cases:
        if work.find(Case, id=case.id) is None:
            work.add(case)
    for app in sorted({case.app for case in cases}):
        forget(work, work.select(Case, "app = ?", (app,), "id desc", len(cases), offset=PER_APP))
    forget(work, work.select(Case, order="id desc", limit=len(cases), offset=ALL))


def forget(work: Work, cases: Sequence[Case]) -> None:
    """Let go of these."""
    for case in cases:
        work.remove(case)


@hears("app.change")
def note_key(work: Work, happening: Happening) -> None:
    """Remember every key that an app has had, so that a signature made with an old one is known."""
    try:
        text = work.ask("kaifang.openapp.credentials", app_id=happening.subject).public_key
    except Fault:
        return
    digest = hashlib.sha256(text.encode()).hexdigest()
    if not text or work.find(UsedKey, app=happening.subject, digest=digest) is not None:
        return
    work.add(UsedKey(app=happening.subject, digest=digest, public_key=text, since=work.now))
    for old in used_keys(work, happening.subject)[KEYS_PER_APP:]:
        work.remove(old)


def used_keys(work: Work, app: str) -> list[UsedKey]:
    """The keys that an app has had, the latest first."""
    return work.select(UsedKey, "app = ?", (app,), "since desc, digest")
