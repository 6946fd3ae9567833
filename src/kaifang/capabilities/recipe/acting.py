"""A step's call: the service provider acting for the merchant, with no more than was shown at installation."""

from typing import Any

import msgspec

from kaifang.kernel import Money, Purse, Work
from kaifang.kernel.ledger import Entry
from kaifang.kernel.method import allow, methods, perform, read_request
from kaifang.kernel.shape import plain

from .errors import APPLICATION_NOT_ONLINE, MONEY_NOT_FORESEEN, NOT_PERMITTED
from .tables import InstallationRow

ACTING = "recipe.acting"  # set while a step calls: what recipes do themselves begins no recipe


def call(work: Work, row: InstallationRow, name: str, ask: dict[str, Any], most: Money) -> tuple[dict[str, Any], Money]:
    """Call a method as any client would, moving at most so much of the merchant's money; its answer, and how much."""
    method = methods.get(name)
    if method is None or name not in row.permissions:
        raise NOT_PERMITTED(method=name)
    inner = work.acting(**acting_for(work, row))
    allow(method, inner.caller)
    before = work.writer.entries
    work.place.kept[ACTING] = row.id
    try:
        answer = perform(method, inner, read_request(method, ask))
    finally:
        del work.place.kept[ACTING]
    out = spent(work, row.merchant, before)
    if out > most:
        raise MONEY_NOT_FORESEEN(method=name, moved=out, most=most)
    return plain(answer), out


def acting_for(work: Work, row: InstallationRow) -> dict[str, Any]:
    """Who calls, as the gateway would find it out from the provider's signature and the merchant's word."""
    apps = [work.ask("kaifang.openapp.credentials", app_id=app_id) for app_id in (row.app, row.merchant_app)]
    if any(app.state != "ONLINE" for app in apps):
        raise APPLICATION_NOT_ONLINE(app_id=next(app.app_id for app in apps if app.state != "ONLINE"))
    return {
        "app": row.app, "role": apps[0].role, "merchant": row.merchant, "auth_app": row.merchant_app, "user": None,
        "scopes": (), "open_ids": False, "notify_url": None, "return_url": None,
    }  # fmt: skip


def spent(work: Work, merchant: str, before: int) -> Money:
    """How much money has left the merchant's accounts since this entry, or the balance: set aside is spent too."""
    writer, gone, free = work.writer, 0, 0
    for number in range(before + 1, writer.entries + 1):
        entry = work.find(Entry, writer=writer.id, number=number)
        assert entry is not None, f"no entry {number}"
        for account, change, _ in msgspec.json.decode(entry.legs):
            if account.startswith(f"{merchant}/") and account.endswith("/CNY"):
                gone -= change
                free -= change if account == Purse(merchant).account("CNY") else 0
    most = max(gone, free)
    return Money(most if most > 0 else min(gone, free))
