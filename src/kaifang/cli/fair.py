"""Drawing and splitting again what a campaign drew and split, from what is public and nothing else."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from kaifang.kernel import Money, fair
from kaifang.kernel.fair import Outcome

from .home import Problem

Read = Callable[[str, str], dict[str, Any]]  # draws or shares, and behind which
Finding = tuple[bool, str]  # whether it holds, and what


def public(url: str, campaign_id: str) -> Read:
    """What a platform publishes of a campaign; no key is needed to read it."""

    def read(what: str, after: str) -> dict[str, Any]:
        query = urllib.parse.urlencode({"after": after})
        address = f"{url}/fair/{urllib.parse.quote(campaign_id, safe='')}/{what}?{query}"
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return msgspec.json.decode(answer.read(), type=dict[str, Any])
        except urllib.error.HTTPError as problem:
            problem.close()
            raise Problem(f"{url} knows no campaign {campaign_id} ({problem.code})") from None
        except urllib.error.URLError as problem:
            raise Problem(f"no answer from {url}: {problem.reason}") from None

    return read


def verify(read: Read) -> Iterator[Finding]:
    """What holds and what does not of a campaign, sentence by sentence."""
    told = everything(read, "draws")
    if "seed" not in told:
        yield False, f"it is not over: its seed is a secret until then, bound to {told['commitment']}"
        return
    yield fair.commitment(told["seed"]) == told["commitment"], "the seed is the one that was promised"
    wrong = [one for one in told["draws"] if not holds(told, one)]
    yield not wrong, f"{len(told['draws'])} draws, {len(wrong)} of them not as the seed says{names(wrong)}"
    gaps = missing(told["draws"])
    yield not gaps, f"{len(gaps)} people have draws that are missing{names(gaps)}"
    if told.get("pool"):
        yield from verify_shares(told["seed"], everything(read, "shares"))


def everything(read: Read, what: str) -> dict[str, Any]:
    """What is public of a campaign, all pages together."""
    told = read(what, "")
    found, more = list(told[what]), told.get("more")
    while more is not None:
        page = read(what, more)
        found, more = [*found, *page[what]], page.get("more")
    return told | {what: found}


def holds(told: dict[str, Any], one: dict[str, Any]) -> bool:
    """Whether a draw came to what the seed says; what was asked for stands in the place of what is drawn."""
    rule = msgspec.convert(told["rules"][one.get("rule", 0)], list[Outcome])
    about = (told["campaign_id"], one["who"], one["number"])
    got, fen = fair.draw(told["seed"], rule, *about)
    asked = one.get("asked")
    if asked and got == "cash":
        fen = Money.parse(asked).minor
    elif asked and got:
        got, prizes = asked, [outcome for outcome in rule if outcome.name == asked]
        fen = fair.amount(told["seed"], prizes[0].low, prizes[0].high, *about) if prizes else 0
    return bool(got == one["got"] and (one.get("gone") or Money.parse(one.get("amount", "0.00")).minor == fen))


def missing(draws: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each person whose draws are not counted through from 1, the first that does not follow on another."""
    last: dict[str, int] = {}
    found: dict[str, dict[str, Any]] = {}
    for one in draws:
        if one["number"] != last.get(one["who"], 0) + 1:
            found.setdefault(one["who"], one)
        last[one["who"]] = one["number"]
    return list(found.values())


def verify_shares(seed: str, split: dict[str, Any]) -> Iterator[Finding]:
    """Whether a pool was split to the fen, as the seed says, and nobody has two shares."""
    shares, total = split["shares"], Money.parse(split["total"]).minor
    amounts = [Money.parse(one["amount"]).minor for one in shares]
    people = len({one["who"] for one in shares})
    yield (
        people == len(shares) == split["count"],
        f"{len(shares)} shares of {people} people, {split['count']} announced",
    )
    if not shares:
        return
    equal = split["rule"] == "equal"
    least = 0 if equal else Money.parse(split["least"]).minor
    weights = [1] * len(shares) if equal else fair.weights(seed, split["campaign_id"], 0, len(shares))
    parts = fair.split(total - least * len(shares), weights, 0, sum(weights))
    wrong = [one for one, is_, part in zip(shares, amounts, parts, strict=True) if is_ != least + part]
    yield not wrong, f"{len(wrong)} shares are not as the {split['rule']} rule says{names(wrong)}"
    yield sum(amounts) == total, f"the shares sum to {Money(sum(amounts))}, of {Money(total)} that there were"


def names(found: list[dict[str, Any]]) -> str:
    """The first few, as they are known to the public."""
    return "".join(f"; {one['who']} {one.get('number', '')}".rstrip() for one in found[:5])
