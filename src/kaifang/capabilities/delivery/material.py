"""Pictures that merchants bring, to be shown with what they offer."""

import hashlib
from typing import Annotated

from msgspec import Meta

from kaifang.kernel import Key, Shape, Who, Work, method, told_as

from .channel import check_owner
from .errors import FILE_SIZE_OUT_OF_RANGE, FILE_TYPE_ERROR, INVALID, MATERIAL_ERROR
from .parts import Agency, Material
from .tables import MaterialRow

KB = 1024
LARGEST = {  # bytes, by what a picture is for
    "PUBLIC_UNION_CHANNEL_PIC": 200 * KB,
    "DELIVERY_CHANNEL_PIC": 200 * KB,
    "PROMO_BRAND_LOGO": 2048 * KB,
    "PROMO_VOUCHER_IMAGE": 2048 * KB,
}
KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM")  # what a picture begins with


class Upload(Shape):
    file_content: Annotated[bytes, Meta(min_length=1, max_length=10 * KB * KB)]  # the picture: PNG, JPEG or BMP
    file_key: Key  # what for, such as PROMO_VOUCHER_IMAGE; it says how large it may be
    belong_merchant_info: Agency | None = None  # for whom you ask
    merchant_access_mode: Key | None = None  # how you came here; says nothing here


class Uploaded(Shape):
    resource_id: str  # what activities and deliveries name it by
    resource_url: str  # where everybody can see it


@method(
    "alipay.marketing.material.image.upload", raises=[INVALID, FILE_SIZE_OUT_OF_RANGE, FILE_TYPE_ERROR]
)  # fmt: skip
def upload(work: Work, ask: Upload) -> Uploaded:
    """Bring a picture; the same one for the same purpose is kept once."""
    check_owner(work, ask.belong_merchant_info)
    if ask.file_key not in LARGEST:
        raise INVALID(field="file_key", reason=f"one of {', '.join(LARGEST)}")
    if len(ask.file_content) > LARGEST[ask.file_key]:
        raise FILE_SIZE_OUT_OF_RANGE(most=f"{LARGEST[ask.file_key] // KB} KB")
    if not ask.file_content.startswith(KINDS):
        raise FILE_TYPE_ERROR()
    digest = hashlib.sha256(ask.file_content).hexdigest()
    row = work.find(MaterialRow, merchant=work.caller.merchant, use=ask.file_key, digest=digest)
    if row is None:
        with told_as({"FILE_CHECK_FAIL": FILE_TYPE_ERROR}):
            kept = work.ask("alipay.open.file.upload", file_content=ask.file_content, biz_code=ask.file_key)
        row = work.add(
            MaterialRow(id=kept.file_id, merchant=work.caller.merchant, use=ask.file_key, digest=digest)
        )  # fmt: skip
    return Uploaded(resource_id=row.id, resource_url=address_of(work, row.id))


def address_of(work: Work, resource_id: str) -> str:
    """Where everybody can see a picture."""
    return work.link(f"/material/{resource_id}")


def named(material: Material | None) -> list[str]:
    """The pictures that a plan names."""
    if material is None:
        return []
    single = material.delivery_single_material
    one = [single.delivery_image] if single is not None and single.delivery_image is not None else []
    return [*one, *(material.material_id_list or [])]


def check_pictures(work: Work, material: Material | None) -> None:
    """Whether the pictures that a plan names are there, and its merchant's."""
    for number in named(material):
        row = work.find(MaterialRow, id=number)
        if row is None or row.merchant != work.caller.merchant:
            raise INVALID(field="delivery_material", reason="bring this picture first", resource_id=number)


def pictures_of(work: Work, material: Material | None) -> list[str]:
    """Where everybody can see the pictures of a plan."""
    return [address_of(work, number) for number in named(material)]


class WhichPicture(Shape):
    resource_id: Key  # as the upload answered


class PictureRead(Shape):
    type: str  # media type
    content: bytes  # the picture


@method("kaifang.delivery.material.read", who=Who.INSIDE, reads=True, raises=[MATERIAL_ERROR])
def read(work: Work, ask: WhichPicture) -> PictureRead:
    """Read a picture, to show it to everybody."""
    if work.find(MaterialRow, id=ask.resource_id) is None:
        raise MATERIAL_ERROR(resource_id=ask.resource_id)
    file = work.ask("kaifang.openapp.file.read", file_id=ask.resource_id)
    return PictureRead(type=file.type, content=file.content)
