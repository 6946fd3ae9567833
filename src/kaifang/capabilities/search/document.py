"""What people can find: told by events, kept as documents, so that every index can be fed and built again from them."""

from typing import Any

from kaifang.kernel import Happening, Work, hears

from .box import BASE, WORDS
from .states import Box, Keyword
from .tables import BoxRow, DocumentRow, KeywordRow

MILLION = 1_000_000


def keep(work: Work, kind: str, subject: str, merchant: str, **told: Any) -> None:
    """Keep a document as it is now."""
    row = the_document(work, kind, subject, merchant)
    row.gone = False
    for name, value in told.items():
        setattr(row, name, value)
    stamp(work, row)


def forget(work: Work, kind: str, subject: str) -> None:
    """It cannot be found any more."""
    row = work.find(DocumentRow, id=f"{kind}:{subject}")
    if row is not None and not row.gone:
        row.gone = True
        stamp(work, row)


def the_document(work: Work, kind: str, subject: str, merchant: str) -> DocumentRow:
    """The document, or a new one."""
    row = work.find(DocumentRow, id=f"{kind}:{subject}")
    return row or work.add(
        DocumentRow(
            id=f"{kind}:{subject}", kind=kind, subject=subject, merchant=merchant, title="", text="", words=[], link=""
        )
    )  # fmt: skip


def stamp(work: Work, row: DocumentRow) -> None:
    """Say that it changed: numbers of one writer grow in the order in which they are committed."""
    row.writer, row.number = work.place.writer, int(work.new_id()[-12:])


@hears("shop.open", "shop.modify", "shop.close")
def hear_shop(work: Work, happening: Happening) -> None:
    """A shop opened, changed or closed."""
    shop = work.ask_if_offered("kaifang.merchant.shop.read", shop_id=happening.subject)
    if shop is None or happening.name == "shop.close":
        forget(work, "SHOP", happening.subject)
        return
    place = {"longitude": None, "latitude": None}
    if shop.longitude is not None:
        place = {"longitude": round(float(shop.longitude) * MILLION), "latitude": round(float(shop.latitude) * MILLION)}
    text = " ".join([shop.category_name, shop.address])
    keep(work, "SHOP", shop.shop_id, shop.merchant, title=shop.name, text=text, **place)


@hears("service.approve", "service.validate", "service.invalidate", "service.revise", "service.delete")
def hear_service(work: Work, happening: Happening) -> None:
    """A service can be found, or no longer."""
    found = work.ask("kaifang.service.read", service_code=happening.subject)
    if found.state != "ONLINE":
        forget(work, "SERVICE", happening.subject)
        return
    text = f"{found.about} {found.words}"
    keep(work, "SERVICE", happening.subject, found.merchant, title=found.name, text=text, link=found.url)
    keep_app(work, found.app)


@hears(
    "activity.publish", "activity.open", "activity.stop", "activity.end", "delivery.open", "delivery.stop",
    "delivery.end", "delivery.reject",
)  # fmt: skip
def hear_vouchers(work: Work, happening: Happening) -> None:
    """Vouchers are offered to everybody, or no longer."""
    merchant, number = happening.facts["merchant"], happening.facts.get("activity_id")
    if number is None:  # a plan that shows something else
        return
    offers = work.ask("kaifang.voucher.claimable", merchants=[merchant]).activities
    offer = next((one for one in offers if one.activity_id == number), None)
    if offer is None:
        forget(work, "VOUCHER", number)
    else:
        keep(work, "VOUCHER", offer.activity_id, merchant, title=offer.title)


@hears("application.put_up", "application.take_down", "application.close")
def hear_app(work: Work, happening: Happening) -> None:
    """A mini-program is online, or no longer."""
    keep_app(work, happening.subject)


@hears("keyword.approve", "keyword.reject", "keyword.delete")
def hear_keyword(work: Work, happening: Happening) -> None:
    """A mini-program is found by other words."""
    row = work.find(KeywordRow, id=happening.subject)
    assert row is not None, f"no keyword {happening.subject}"
    keep_app(work, row.app)


def keep_app(work: Work, app_id: str) -> None:
    """A mini-program as it is now, with its keywords."""
    app = work.ask("kaifang.openapp.credentials", app_id=app_id)
    if app.state != "ONLINE" or app.role not in ("merchant", "isv"):
        forget(work, "APP", app_id)
        return
    rows = work.select(KeywordRow, "app = ? and state = ?", (app_id, Keyword.ONLINE.name), "id")
    words = [row.word for row in rows]
    link = f"alipays://platformapi/startapp?appId={app_id}"
    keep(work, "APP", app_id, app.party, title=app.name, text=" ".join(words), words=words, link=link)


@hears("box.approve", "box.put_up", "box.take_off", "box.changed")
def hear_box(work: Work, happening: Happening) -> None:
    """A box is there, or no longer."""
    row = work.find(BoxRow, id=happening.subject)
    assert row is not None, f"no box {happening.subject}"
    if row.state != Box.ONLINE.name:
        forget(work, "BOX", row.id)
        return
    base, words = (row.modules.get(kind) for kind in (BASE, WORDS))
    straight = [row.name, *((words.shown or []) if words else [])]
    text = str(base.shown) if base and base.shown else ""
    keep(work, "BOX", row.id, row.merchant, title=row.name, text=text, words=straight)
