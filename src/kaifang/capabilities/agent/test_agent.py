"""Pictures of a size that no story could hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.visit import Visit

from kaifang.kernel import Caller

from .paper import SMALLEST

GIF = b"GIF89a" + b"\0" * SMALLEST


@pytest.fixture
def visit() -> Iterator[Visit]:
    """A town."""
    visit = Visit()
    yield visit
    visit.close()


def test_pictures_are_kept_for_who_reviews(visit: Visit) -> None:
    helper, house = visit.app("helper"), Caller(role="operator")
    visit.ask(house, "kaifang.account.party.change", user_id=visit.known["coffee"], certified=True)
    contact = {"contact_name": "王", "contact_mobile": "13800000099", "contact_email": "a@b.cn"}
    account = {"account": visit.known["coffee"], "contact_info": contact}
    batch = visit.ask(helper, "alipay.open.agent.create", **account).batch_no
    visit.ask(house, "kaifang.agent.product.set", product_code="OFFLINE_PAYMENT", person=True)
    papers = {"shop_sign_board_pic": GIF, "special_license_pic": GIF[:-6]}
    visit.ask(helper, "alipay.open.agent.offlinepayment.sign", batch_no=batch, mcc_code="A1", **papers)
    visit.ask(helper, "alipay.open.agent.confirm", batch_no=batch)
    [order] = visit.ask(house, "kaifang.agent.order.list").orders
    kept = order.products[0].papers
    inside = Caller(role="inside")
    read = {name: visit.ask(inside, "kaifang.openapp.file.read", file_id=one).content for name, one in kept.items()}
    assert read == papers
    assert order.products[0].told == {"mcc_code": "A1"}
