"""What is announced of cards, and what their merchants are told."""

from typing import Any

from kaifang.kernel import Work

from .tables import CardRow

TOPIC = "kaifang.card.changed"


def facts(row: CardRow, **more: Any) -> dict[str, Any]:
    """What the events of a card tell."""
    told = {
        "user": row.user, "merchant": row.merchant, "template_id": row.template, "exposure": row.exposure or None,
        "shop_id": row.shop or None,
    }  # fmt: skip
    return told | more


def tell_merchant(work: Work, row: CardRow, kind: str, **more: Any) -> None:
    """Send the merchant's applications a message, as far as they subscribed to it."""
    content = {
        "event": kind, "biz_card_no": row.id, "external_card_no": row.external, "template_id": row.template,
        "user_id": row.user, "level": row.level,
    }  # fmt: skip
    work.ask(
        "kaifang.openapp.message.send", msg_method=TOPIC, merchant=row.merchant, subject=row.id, tag=kind,
        content=content | more,
    )  # fmt: skip
