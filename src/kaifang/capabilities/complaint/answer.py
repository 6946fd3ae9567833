"""The merchant's side of a complaint: replying, answering for good, bringing evidence, and images for all that."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Fault, Key, Line, Shape, Who, Work, method, told_as

from .complaint import release
from .errors import (
    AUTHORITY_ILLEGAL,
    IMAGE_NOT_EXIST,
    PARAM_ILLEGAL,
    REFUND_ALREADY_SUCCEED,
    REFUND_FEEDBACK_FAILED,
    STATUS_CHANGED,
)
from .find import Which, Words, facts, goes_on, is_shown, listed_images, name_of, own_complaint, say, trade_of
from .states import Complaint
from .tables import ComplaintRow, Record

ANSWER_FAULTS = [AUTHORITY_ILLEGAL, STATUS_CHANGED, PARAM_ILLEGAL]
LARGEST = 5 * 1024 * 1024
REFUND = "00"
CODES = {
    "00": "退款", "02": "通过其他方式退款", "03": "已发货", "04": "其他", "05": "已完成售后服务",
    "06": "非我方责任范围", "194": "反馈处理结果",
}  # fmt: skip


class Upload(Shape):
    image_type: Literal["jpg", "jpeg", "png", "gif", "JPG", "JPEG", "PNG", "GIF"]  # what kind of image it is
    image_content: Annotated[bytes, Meta(min_length=1, max_length=LARGEST)]  # the image, at most 5 MB


class Uploaded(Shape):
    image_id: str  # what other calls name the image by


@method("alipay.merchant.image.upload", raises=[PARAM_ILLEGAL])
def upload(work: Work, ask: Upload) -> Uploaded:
    """Upload an image that answers to complaints can name."""
    with told_as({"FILE_CHECK_FAIL": PARAM_ILLEGAL}):
        kept = work.ask("alipay.open.file.upload", file_content=ask.image_content, biz_code="merchant_image")
    if not work.ask("kaifang.openapp.file.read", file_id=kept.file_id).type.startswith("image/"):
        raise PARAM_ILLEGAL(field="image_content", reason="not an image")
    return Uploaded(image_id=kept.file_id)


class Image(Shape):
    image_id: Key  # as the upload answered


class Shown(Shape):
    type: str  # media type
    content: bytes  # the image


@method("kaifang.merchant.image.read", who=Who.INSIDE, raises=[IMAGE_NOT_EXIST], reads=True)
def read_image(work: Work, ask: Image) -> Shown:
    """Read an image, to show it to those who know its number."""
    with told_as({"FILE_NOT_EXIST": IMAGE_NOT_EXIST}):
        file = work.ask("kaifang.openapp.file.read", file_id=ask.image_id)
    if not is_shown(file):
        raise IMAGE_NOT_EXIST(image_id=ask.image_id)
    return Shown(type=file.type, content=file.content)


class Done(Shape):
    pass


class Reply(Which):
    reply_content: Words  # what there is to say, at most 500 letters
    reply_images: Line | None = None  # images by comma, as the upload answered


@method("alipay.merchant.tradecomplain.reply.submit", raises=ANSWER_FAULTS)
def reply(work: Work, ask: Reply) -> Done:
    """Say something to a buyer who complains; the time in which you must answer for good goes on."""
    return speak(work, ask, ask.reply_content, ask.reply_images)


class Supplement(Which):
    supplement_content: Words  # what there is to add, at most 500 letters
    supplement_images: Line | None = None  # images by comma, as the upload answered


@method("alipay.merchant.tradecomplain.supplement.submit", raises=ANSWER_FAULTS)
def supplement(work: Work, ask: Supplement) -> Done:
    """Bring more evidence after you answered, or while the platform decides."""
    row = own_complaint(work, ask)
    if row.state == Complaint.MERCHANT_PROCESSING.name:
        raise STATUS_CHANGED(status=row.state)
    return speak(work, ask, ask.supplement_content, ask.supplement_images)


def speak(work: Work, ask: Which, content: str, images: str | None) -> Done:
    """Note what the merchant says, as long as the complaint is open."""
    row = own_complaint(work, ask)
    if not Complaint.withdraw.possible(row):
        raise STATUS_CHANGED(status=row.state)
    say(work, row, merchants(work, row, content, images))
    return Done()


def merchants(work: Work, row: ComplaintRow, content: str, images: str | None, name: str | None = None) -> Record:
    """Something that the merchant says."""
    shown = listed_images(work, images)
    return Record(role="MERCHANT", name=name or name_of(work, row.merchant), content=content, images=shown, at=work.now)


class Feedback(Which):
    feedback_code: Literal["00", "02", "03", "04", "05", "06", "194"]  # 00 refunds what is left of the trade, now;
    # 02: refunded in another way, 03: sent, 04: other, 05: served, 06: not yours to answer for, 194: the outcome
    feedback_content: Annotated[str, Meta(min_length=1, max_length=200)]  # what you did about it
    feedback_images: Line | None = None  # images by comma, as the upload answered
    operator: Annotated[str, Meta(max_length=6)] | None = None  # who answers


@method(
    "alipay.merchant.tradecomplain.feedback.submit",
    raises=[*ANSWER_FAULTS, REFUND_FEEDBACK_FAILED, REFUND_ALREADY_SUCCEED],
)
def feedback(work: Work, ask: Feedback) -> Done:
    """Answer a complaint for good, or refund the trade; the same answer twice is one."""
    row = own_complaint(work, ask)
    content = f"{CODES[ask.feedback_code]}：{ask.feedback_content}"
    record = merchants(work, row, content, ask.feedback_images, ask.operator)
    if row.records and (row.records[-1].role, row.records[-1].content) == ("MERCHANT", content):
        return Done()
    if ask.feedback_code == REFUND:
        refund(work, row, record)
        return Done()
    Complaint.feedback(work, row, **facts(row, feedback_code=ask.feedback_code))
    say(work, row, record)
    goes_on(work, row)
    return Done()


def refund(work: Work, row: ComplaintRow, record: Record) -> None:
    """Give the buyer back what is left of the trade; with that the complaint is over."""
    if not Complaint.refund.possible(row):
        raise STATUS_CHANGED(status=row.state)
    trade = trade_of(work, row.trade)
    left = trade.total - trade.refunded
    if not left:
        raise REFUND_ALREADY_SUCCEED(trade_no=row.trade)
    say(work, row, record)
    pay_back(work, row, left, "投诉退款")
    finish_refunded(work, row)


def pay_back(work: Work, row: ComplaintRow, amount: object, reason: str) -> None:
    """Refund a part of the trade out of what the merchant has."""
    try:
        work.acting(merchant=row.merchant).ask(
            "alipay.trade.refund", trade_no=row.trade, refund_amount=amount, refund_reason=reason,
            out_request_no=row.id,
        )  # fmt: skip
    except Fault as refusal:
        raise REFUND_FEEDBACK_FAILED(reason=refusal.says("en")) from refusal


def finish_refunded(work: Work, row: ComplaintRow) -> None:
    """The buyer has everything back."""
    Complaint.refund(work, row, **facts(row))
    release(work, row)
    goes_on(work, row)
