"""Finding complaints, their images and their trades; saying something about one; telling the merchant."""

from typing import Annotated, Any

from msgspec import Meta

from kaifang.kernel import DAY, NO_USER, Key, Shape, Work, told_as

from .errors import AUTHORITY_ILLEGAL, COMPLAINT_NOT_EXIST, PARAM_ILLEGAL, TRADE_NOT_EXIST
from .states import Complaint
from .tables import ComplaintRow, Record

Images = Annotated[list[Key], Meta(max_length=9)]
Words = Annotated[str, Meta(min_length=1, max_length=500)]
MOST_SAID = 200  # records of one complaint
TIMES = {
    Complaint.MERCHANT_PROCESSING.name: DAY,  # the merchant answers
    Complaint.MERCHANT_FEEDBACKED.name: 3 * DAY,  # the buyer says that it does not help
    Complaint.PLATFORM_PROCESSING.name: 7 * DAY,  # the platform decides
}
MOST_AT_ONCE = 9
USES = ("merchant_image", "complaint")  # what images are for: a merchant's, and a buyer's by the biz_code of the upload


class Which(Shape):
    complain_event_id: Key  # the number of the complaint


def own_complaint(work: Work, ask: Any) -> ComplaintRow:
    """The complaint about the calling merchant."""
    row = work.find(ComplaintRow, id=ask.complain_event_id)
    if row is None or row.merchant != work.caller.merchant:
        raise AUTHORITY_ILLEGAL(complain_event_id=ask.complain_event_id)
    return row


def my_complaint(work: Work, ask: Any) -> ComplaintRow:
    """The complaint of whoever is signed in."""
    row = work.find(ComplaintRow, id=ask.complain_event_id)
    if row is None or row.buyer != signed_in(work):
        raise COMPLAINT_NOT_EXIST(complain_event_id=ask.complain_event_id)
    return row


def signed_in(work: Work) -> str:
    """The person at the wallet."""
    if work.caller.user is None:
        raise NO_USER()
    return work.caller.user


def trade_of(work: Work, trade_no: str) -> Any:
    """Everything that is known of a trade."""
    with told_as({"TRADE_NOT_EXIST": TRADE_NOT_EXIST, "ACQ.TRADE_NOT_EXIST": TRADE_NOT_EXIST}):
        return work.ask("kaifang.trade.find", trade_no=trade_no)


def check_images(work: Work, images: list[str]) -> list[str]:
    """The images, if the calling application uploaded each, for whom it acts now."""
    whose = (work.caller.auth_app, work.caller.user or "" if work.caller.role == "wallet" else "")
    for image in images:
        with told_as({"FILE_NOT_EXIST": PARAM_ILLEGAL}):
            file = work.ask("kaifang.openapp.file.read", file_id=image)
        if (file.app, file.user) != whose or not is_shown(file):
            raise PARAM_ILLEGAL(field="images", reason="you uploaded no such image for this", image=image)
    return images


def is_shown(file: Any) -> bool:
    """Whether a file is an image that was uploaded to be shown with complaints."""
    return file.use in USES and file.type.startswith("image/")


def listed_images(work: Work, text: str | None) -> list[str]:
    """Images by comma."""
    images = [one.strip() for one in (text or "").split(",") if one.strip()]
    if len(images) > MOST_AT_ONCE:
        raise PARAM_ILLEGAL(field="images", reason=f"{MOST_AT_ONCE} at most")
    return check_images(work, images)


def say(work: Work, row: ComplaintRow, record: Record) -> bool:
    """Note what somebody said; whether it was not just said."""
    last = row.records[-1] if row.records else None
    if last is not None and (last.role, last.content, last.images) == (record.role, record.content, record.images):
        return False
    if len(row.records) >= MOST_SAID:
        raise PARAM_ILLEGAL(reason=f"{MOST_SAID} things were said about this complaint")
    row.records, row.modified = [*row.records, record], work.now
    return True


def name_of(work: Work, user_id: str) -> str:
    """What somebody is called."""
    return str(work.ask("kaifang.account.party.find", user_id=user_id).name)


def facts(row: ComplaintRow, **more: Any) -> dict[str, Any]:
    """What the events of a complaint tell."""
    return {"merchant": row.merchant, "user": row.buyer, "trade_no": row.trade, "amount": row.amount} | more


def goes_on(work: Work, row: ComplaintRow) -> None:
    """A complaint has moved: whoever must act next has so much time, and the merchant hears of it."""
    row.modified = work.now
    time = TIMES.get(row.state)
    if time is None:
        row.finished = row.deadline = work.now
    else:
        row.deadline = work.now + time
        work.later(row.deadline, "complaint.deadline", row.id)
    content = {"complain_event_id": row.id, "trade_no": row.trade, "status": row.state}
    work.ask(
        "kaifang.openapp.message.send", msg_method="alipay.merchant.tradecomplain.changed", content=content,
        merchant=row.merchant, subject=row.id,
    )  # fmt: skip
