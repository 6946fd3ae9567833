"""What the doctor says, for a terminal: cause and cure in both languages, and the two texts beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kaifang.gateway.doctor.masks import wide

from .client import Client
from .home import Home


def explain(home: Home, trace: str) -> dict[str, Any]:
    """Ask the doctor of a running platform."""
    return Client.of(home, "house").call("kaifang.doctor.explain", {"trace": trace})


def latest(home: Home) -> dict[str, Any]:
    """The calls that failed verification lately."""
    return Client.of(home, "house").call("kaifang.doctor.list", {})


def latest_lines(told: dict[str, Any]) -> Iterator[str]:
    """The same, line by line, so that a trace is easily copied."""
    for case in told["cases"]:
        yield "  ".join(case[name] for name in ("trace", "at", "refusal", "method", "app_id"))
    if not told["cases"]:
        yield "no call failed verification lately"


def lines(told: dict[str, Any]) -> Iterator[str]:
    """An explanation, line by line."""
    yield f"{told['about']} {told['method']}  {told['refusal']}  {told['at']}  app {told['app_id'] or '?'}"
    for cause in told["causes"]:
        yield f"\n{cause['code']} ({cause['certainty']})"
        for language in ("zh", "en"):
            yield f"  {cause[language]}"
            yield f"  -> {cause[f'{language}_cure']}"
    if "difference" in told:
        yield from difference(told["difference"])
    for name, title in (("server_text", "The platform checked:"), ("signed_text", "What was signed:")):
        if name in told:
            yield f"\n{title}\n{told[name]}"
    if "digest" in told:
        yield f"\n{told.get('hash', 'digest')} in the signature: {told['digest']}"
    if "expected_digest" in told:
        yield f"{told.get('hash', 'digest')} of what the platform checked: {told['expected_digest']}"
    if "url" in told:
        yield f"\nSent to {told['url'] or 'the message channel'}"
    for one in told.get("tries", ()):
        yield f"  {one['number']}  {one['at']}  {one['status'] or '---'}  {one['answer']}"


def difference(told: dict[str, Any]) -> Iterator[str]:
    """Where the texts part, with a mark below."""
    before = told["before"]
    yield f"\nThe first difference is at letter {told['position']}:"
    yield f"  platform  {before}{told['server']}"
    yield f"  signed    {before}{told['signed']}"
    yield " " * (12 + wide(before)) + "^"
