"""Images of certificates, shops and licences, uploaded by service providers and merchants."""

from typing import Annotated, Literal

from msgspec import Meta

from kaifang.kernel import Shape, Work, method, told_as

from .errors import INVALID

LARGEST = 10 * 1024 * 1024


class Upload(Shape):
    image_type: Literal["jpg", "jpeg", "png", "gif", "bmp", "JPG", "JPEG", "PNG", "GIF", "BMP"]  # what kind of image
    image_content: Annotated[bytes, Meta(min_length=1, max_length=LARGEST)]  # the image, at most 10 MB


class Uploaded(Shape):
    image_id: str  # what other calls name the image by


@method("ant.merchant.expand.indirect.image.upload", raises=[INVALID])
def upload(work: Work, ask: Upload) -> Uploaded:
    """Upload an image that applications can name."""
    with told_as({"FILE_CHECK_FAIL": INVALID}):
        kept = work.ask("alipay.open.file.upload", file_content=ask.image_content, biz_code="merchant_paper")
    if not work.ask("kaifang.openapp.file.read", file_id=kept.file_id).type.startswith("image/"):
        raise INVALID(field="image_content", reason="not an image")
    return Uploaded(image_id=kept.file_id)
