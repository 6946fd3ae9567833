"""Calls as they were asked and answered, until newer ones need the room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaifang.kernel import Row, Work, table

PER_APP, ALL = 500, 2000  # requests kept; the content of the largest of them takes 32 MB
AT_ONCE = 256  # requests that are forgotten together
LARGEST = 8192  # letters of a request, and of its answer
CUT = " ... (cut)"
SECRET_NAMES = "password|pay_password|new_password|old_password|auth_token|app_auth_token|access_token|refresh_token"
MEMBER = re.compile(rf'("(?:{SECRET_NAMES}|app_refresh_token|private_key)"\s*:\s*")((?:[^"\\]|\\.)*)"')


@table("request", index=[("app", "id")])
class Request(Row):
    """One call of an application, and its answer."""

    id: str  # trace, which begins with the time
    app: str  # empty if none was found
    at: int  # the platform's clock
    method: str
    version: str  # v2 or v3
    status: int  # of HTTP
    outcome: str  # 10000, 10003, or the code of the refusal
    took: int  # milliseconds, from the request's last byte to the answer's signing
    asked: str  # as it was sent, secrets aside; empty in production
    answered: str  # the same of the answer


def keep(work: Work, requests: Sequence[Request]) -> None:
    """Keep these."""
    for one in requests:
        if work.find(Request, id=one.id) is None:
            work.add(one)


def forget(work: Work, apps: Sequence[str]) -> None:
    """Let go of the oldest beyond the bounds, of these applications and of all."""
    for app in apps:
        for one in work.select(Request, "app = ?", (app,), "id desc", AT_ONCE, offset=PER_APP):
            work.remove(one)
    for one in work.select(Request, order="id desc", limit=AT_ONCE, offset=ALL):
        work.remove(one)


def discreet(text: str) -> str:
    """A text of moderate length in which passwords and tokens cannot be read."""
    told = MEMBER.sub(r'\1******"', text.replace("\0", "\ufffd"))
    return told if len(told) <= LARGEST else told[:LARGEST] + CUT
