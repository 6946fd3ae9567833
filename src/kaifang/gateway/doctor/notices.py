"""Why a notification was not acknowledged: what the delivery log says of its last try."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaifang.kernel.notices import Delivery, Notice, Notification
from kaifang.kernel.trouble import LOST

from .findings import Finding
from .masks import UNSEEN, readable

SHOWN_LETTERS = 120  # of an answer
# What the notifier and the message channel write into the log when there is no answer.
SILENCES = (
    (LOST, "lost-on-purpose"),
    ("private network", "address-private"),
    ("is not a web address", "address-unreadable"),
    ("names a user", "address-unreadable"),
    ("no whole answer within", "no-answer-in-time"),
    ("names a host that nobody knows", "host-unknown"),
    ("TLS failed", "tls-failed"),
    ("nobody answers there", "nobody-there"),
    ("the receiver hung up", "hung-up"),
    ("not proper HTTP", "not-http"),
    ("not connected to its message channel", "channel-not-connected"),
    ("no CONSUME_ACK", "channel-silent"),
    ("left its message channel", "channel-left"),
    ("has changed since it connected", "app-changed"),
    ("no such app", "app-gone"),
)
STATUSES = {401: "status-login", 403: "status-login", 404: "status-not-found", 410: "status-not-found",
            405: "status-method", 415: "status-type"}  # fmt: skip
TOO_LONG = re.compile(r"more than \d+ kB; answer with the word success alone")
FAILURES = ("fail", "failure", "false", "error", "failed")
PAGE, XML = re.compile(r"<!doctype|<html|<head|<body", re.IGNORECASE), re.compile(r"<\?xml|<xml|<\w+>")


def examined(notice: Notice, deliveries: Sequence[Delivery], forged: int = 0) -> Finding:
    """What became of a notification, of which a sandbox signed the first tries wrongly if it was asked to."""
    if any(one.status == 200 and one.answer.strip() == "success" for one in deliveries[:forged]):
        return Finding("forgery-believed")
    if notice.state == Notification.DELIVERED.name:
        return Finding("notice-acknowledged", facts={"tries": str(notice.tries)})
    if not deliveries:
        return Finding("notice-waiting")
    last = deliveries[-1]
    answer = readable(last.answer.strip())[:SHOWN_LETTERS]
    code = code_of(last, notice)
    return Finding(
        code, "likely" if code == "answer-fail" else "certain", {"status": str(last.status), "answer": answer}
    )


def code_of(delivery: Delivery, notice: Notice) -> str:
    """The cause of one failed try."""
    status, answer = delivery.status, delivery.answer
    if not status:
        return next((code for phrase, code in SILENCES if phrase in answer), "hung-up")
    if 300 <= status < 400:
        return "status-redirect"
    if status >= 500:
        return "status-failed"
    if status != 200:
        return STATUSES.get(status, "status-other")
    if not notice.url:
        return "channel-refused"
    return "answer-too-long" if TOO_LONG.fullmatch(answer) else answer_code(answer.strip())


def answer_code(answer: str) -> str:
    """What is wrong with an answer that is not success."""
    small = answer.lower()
    if not answer:
        return "answer-empty"
    if answer.strip("\"'“”‘’`") == "success":
        return "answer-quoted"
    if small == "success":
        return "answer-case"
    if PAGE.search(answer):
        return "answer-html"
    if small.startswith(("{", "[")):
        return "answer-json"
    if XML.match(answer):
        return "answer-xml"
    if small.strip("\"'.!") in FAILURES or small.startswith(("fail", "error")):
        return "answer-fail"
    if small.strip("\"'.!") in ("ok", "true", "1", "200", "yes", "done", "received", "succeed", "successful"):
        return "answer-ok"
    if UNSEEN.sub("", answer).strip() == "success":
        return "answer-marked"
    return "answer-with-more" if "success" in small else "answer-other"
