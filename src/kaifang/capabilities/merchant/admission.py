"""What an application that passed leads to: a shop, a change of one, and where people find it."""

from kaifang.kernel import Work

from .cells import cell_of
from .entry import WantedMerchant
from .find import any_shop, place_of
from .hours import written
from .parts import About, AddressInfo
from .states import Secondary, Shop
from .tables import AboutRow, AdmissionRow, PlaceRow, SecondaryRow, ShopRow, WantedShop


def admit(work: Work, order: AdmissionRow, wanted: WantedMerchant) -> SecondaryRow:
    """A new secondary merchant, or a changed one."""
    row = work.find(SecondaryRow, id=order.smid) if order.smid else None
    if row is None:
        row = work.add(
            SecondaryRow(
                id=work.new_party(), provider=order.merchant, external_id=wanted.external_id, name=wanted.name,
                category=wanted.category, account=wanted.account, card_alias="", about=wanted.about, order=order.id,
            )
        )  # fmt: skip
        work.tell("secondary.open", row.id, merchant=row.provider, name=row.name)
    else:
        row.name, row.category, row.account, row.about = wanted.name, wanted.category, wanted.account, wanted.about
        Secondary.modify(work, row, to=Secondary.states[row.state], merchant=row.provider)
    row.latest = order.id
    if wanted.about.biz_cards:
        row.card_alias = row.card_alias or work.new_id("00088")
    return row


def open_shop(work: Work, order: AdmissionRow) -> ShopRow:
    """A new shop."""
    wanted = shop_of(order)
    row = ShopRow(
        id=work.new_id("00077"), role=order.role, merchant=order.merchant, store_id=wanted.store_id, name=wanted.name,
        category=wanted.category, type=wanted.type, order=order.id, latest=order.id,
        made=work.now,
    )  # fmt: skip
    describe(row, wanted.about)
    work.add(row)
    work.add(AboutRow(id=row.id, about=wanted.about))
    keep_place(work, row)
    work.tell("shop.open", row.id, merchant=row.merchant, name=row.name, category=row.category)
    return row


def change_shop(work: Work, order: AdmissionRow) -> ShopRow:
    """A shop as it was wanted to be."""
    row, wanted = any_shop(work, order.shop), shop_of(order)
    row.store_id, row.name, row.category = wanted.store_id, wanted.name, wanted.category
    row.latest = order.id
    before = find_place(work, row)
    describe(row, wanted.about)
    about_row(work, row).about = wanted.about
    Shop.modify(work, row, merchant=row.merchant, name=row.name, category=row.category)
    if before is None or row.place != (before.longitude, before.latitude):
        forget(work, before)
        keep_place(work, row)
    return row


def shop_of(order: AdmissionRow) -> WantedShop:
    """The shop that was applied for."""
    assert isinstance(order.wanted, WantedShop), f"application {order.id} is for no shop"
    return order.wanted


def about_row(work: Work, row: ShopRow) -> AboutRow:
    """The rest of what a shop says of itself."""
    found = work.find(AboutRow, id=row.id)
    assert found is not None, f"shop {row.id} says nothing of itself"
    return found


def describe(row: ShopRow, about: About) -> None:
    """A shop is where its address says, and open when it says."""
    address = about.business_address or AddressInfo()
    row.address, row.hours = address.address or "", written(about)
    row.province, row.city = address.province_code or "", address.city_code or ""
    row.district = address.district_code or ""
    place = place_of(address.longitude, address.latitude)
    row.longitude, row.latitude = place or (None, None)


def keep_place(work: Work, row: ShopRow) -> None:
    """From now on the shop is found where it is."""
    if (place := row.place) is not None:
        work.add(PlaceRow(cell=cell_of(place), shop=row.id, longitude=place.longitude, latitude=place.latitude))


def find_place(work: Work, row: ShopRow) -> PlaceRow | None:
    """Where an open shop is found."""
    return None if row.place is None else work.find(PlaceRow, cell=cell_of(row.place), shop=row.id)


def forget(work: Work, place: PlaceRow | None) -> None:
    """Nobody finds a shop where it was."""
    if place is not None:
        work.remove(place)
