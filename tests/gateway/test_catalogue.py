"""The catalogue against the official SDK itself, and the v3 addresses against the rules of the protocol."""

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from kaifang.gateway import catalogue
from kaifang.gateway.catalogue import Route, WrongVerb

COMMON = {"biz_model", "biz_content", "version", "terminal_type", "terminal_info", "prod_code"}
COMMON |= {"notify_url", "return_url", "udf_params", "need_encrypt"}

every_method = sorted(catalogue.wire().methods)
a_spread_of_methods = every_method[:: len(every_method) // 60]


@pytest.fixture(scope="module")
def sdk(official_sdk: Path) -> Iterator[None]:
    """While this lasts, `alipay` is the official SDK and no other package of that name."""
    others = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "alipay"}
    sys.path.insert(0, str(official_sdk))
    yield
    sys.path.remove(str(official_sdk))
    for name in list(sys.modules):
        if name.partition(".")[0] == "alipay":
            del sys.modules[name]
    sys.modules.update(others)


def official(kind: str, name: str) -> type:
    """A class of the official SDK."""
    return getattr(importlib.import_module(f"alipay.aop.api.{kind}.{name}"), name)


def members(of: type) -> set[str]:
    """What a class of the SDK lets one set."""
    return {name for name, value in vars(of).items() if isinstance(value, property)}


def model_of(request: Any) -> str | None:
    """The model that a request of the SDK makes of biz_content, or has beside it; a few take any text, many nothing."""
    if hasattr(request, "biz_content"):
        request.biz_content = {"some": "text"}
        name = type(request.biz_content).__name__
        if name not in ("NoneType", "dict"):
            return name
    usual = type(request).__name__.removesuffix("Request") + "Model"
    return usual if importlib.util.find_spec(f"alipay.aop.api.domain.{usual}") else None


@pytest.mark.usefixtures("sdk")
@pytest.mark.parametrize("method", [*a_spread_of_methods, "alipay.trade.pay", "alipay.system.oauth.token"])
def test_names_are_those_of_the_official_sdk(method: str) -> None:
    name = "".join(part.capitalize() for part in method.split("."))
    known = catalogue.contract(method)
    assert known is not None
    request = official("request", f"{name}Request")
    assert request().get_params()["method"] == method
    assert known.params.keys() | set(known.files) == members(request) - COMMON
    assert known.model == model_of(request())
    assert known.request.keys() == (members(official("domain", known.model)) if known.model else set())
    assert known.response.keys() == members(official("response", f"{name}Response"))


@pytest.mark.usefixtures("sdk")
def test_kinds_are_those_of_the_official_sdk() -> None:
    pay = official("domain", "AlipayTradePayModel")()
    shape = catalogue.fields("AlipayTradePayModel")
    assert shape["goods_detail"] == "[GoodsDetail]"
    assert shape["extend_params"] == "ExtendParams"
    assert shape["total_amount"] == "string"
    pay.goods_detail = [{"goods_id": "1"}]
    pay.extend_params = {"hb_fq_num": "3"}
    assert [type(each).__name__ for each in pay.goods_detail] == ["GoodsDetail"]
    assert type(pay.extend_params).__name__ == "ExtendParams"
    assert "goods_id" in catalogue.fields(shape["goods_detail"])
    assert catalogue.fields("string") == {}


def test_a_file_is_neither_a_parameter_nor_text() -> None:
    upload = catalogue.contract("alipay.merchant.image.upload")
    assert upload is not None
    assert (upload.model, upload.files) == (None, ("image_content",))
    assert "image_content" not in upload.params


def test_every_kind_is_described() -> None:
    wire = catalogue.wire()
    spoken = {kind.strip("[]") for packed in wire.models.values() for kind in catalogue.unpacked(packed).values()}
    for model, params, response in wire.methods.values():
        spoken |= {model or "string"}
        spoken |= {kind.strip("[]") for text in (params, response) for kind in catalogue.unpacked(text).values()}
    assert spoken - wire.models.keys() == {"string", "file"}


def test_what_is_unknown_is_none() -> None:
    assert not catalogue.known("alipay.trade.paid")
    assert catalogue.contract("alipay.trade.paid") is None
    assert catalogue.model("NoSuchModel") is None
    assert catalogue.endpoint("alipay.trade.page.pay") is None


def test_what_capabilities_want_is_official() -> None:
    wanted = catalogue.wanted()
    names = [name for methods in wanted.values() for name in methods]
    assert len(names) == len(set(names)) > 700
    assert [name for name in names if not catalogue.known(name)] == []
    assert "alipay.trade.refund" in wanted["trade"]


def test_every_official_address_leads_to_its_method() -> None:
    for each in catalogue.addresses().endpoints:
        values = {name: f"v{number}" for number, name in enumerate(each.path_params)}
        assert catalogue.route(each.verb, each.path.format(**values)) == Route(each.method, values)


def test_no_path_fits_two_patterns() -> None:
    patterns = [(pattern, next(iter(verbs.values())).path) for pattern, verbs in catalogue.table().by_pattern]
    for _, path in patterns:
        assert sum(bool(pattern.fullmatch(path)) for pattern, _ in patterns) == 1, path


@pytest.mark.parametrize(
    ("verb", "path", "meant"),
    [
        # static before parameter, several verbs on one path
        ("POST", "/v3/alipay/marketing/activity/consult", Route("alipay.marketing.activity.consult", {})),
        ("GET", "/v3/alipay/marketing/activity/consult", WrongVerb(("POST",))),
        ("GET", "/v3/alipay/marketing/activity/9", Route("alipay.marketing.activity.query", {"activity_id": "9"})),
        ("PUT", "/v3/alipay/marketing/activity/9", WrongVerb(("GET",))),
        (
            "GET",
            "/v3/alipay/commerce/ec/enterprise/address",
            Route("alipay.commerce.ec.enterprise.address.query", {}),
        ),
        ("DELETE", "/v3/alipay/commerce/ec/enterprise/address", WrongVerb(("GET", "POST", "PUT"))),
        ("HEAD", "/v3/alipay/trade/pay", WrongVerb(("POST",))),
        # values of parameters, hostile ones too
        (
            "GET",
            "/v3/alipay/merchant/tradecomplain/%E7%A6%8F%2F1",
            Route("alipay.merchant.tradecomplain.query", {"complain_event_id": "福/1"}),
        ),
        ("GET", "/v3/alipay/merchant/tradecomplain/%ff", None),
        ("GET", "/v3/alipay/merchant/tradecomplain/", None),
        ("GET", "/v3/alipay/merchant/tradecomplain/1/2", None),
        # no official address: POST to the name with slashes
        ("POST", "/v3/kaifang/clock/advance", Route("kaifang.clock.advance", {})),
        ("GET", "/v3/kaifang/clock/advance", WrongVerb(("POST",))),
        ("POST", "/v3/alipay/trade/cancel", Route("alipay.trade.cancel", {})),
        ("POST", "/v3/aft/aifin/newtest/query", Route("aft.aifin.newtest.query", {})),
        # an official address elsewhere, a method of nobody, and paths that only look like one
        ("POST", "/v3/alipay/marketing/activity/ordervoucher/create", None),
        ("POST", "/v3/alipay/trade/paid", None),
        ("POST", "/v3/alipay/trade/pay/", None),
        ("POST", "/v3//alipay/trade/pay", None),
        ("POST", "/v3/alipay.trade.pay", None),
        ("POST", "/v3/kaifang/../secret", None),
        ("POST", "/v3/kaifang", None),
        ("POST", "/v2/kaifang/clock/advance", None),
        ("POST", "", None),
    ],
)
def test_route(verb: str, path: str, meant: Route | WrongVerb | None) -> None:
    assert catalogue.route(verb, path) == meant


def test_codes_of_v3() -> None:
    codes = catalogue.common_codes()
    assert len(codes) == len(set(codes)) == 94
    assert {"invalid-signature", "app-key-security-risk", "app-cert-expired"} <= set(codes)
    pay = catalogue.endpoint("alipay.trade.pay")
    assert pay is not None
    assert "ACQ.TRADE_HAS_SUCCESS" in pay.error_codes


def test_starting_the_platform_does_not_pay_for_it() -> None:
    program = """
import msgspec, pathlib, time, urllib.parse, zlib
before = time.process_time()
from kaifang.gateway import catalogue
print(time.process_time() - before)
assert not any(each.cache_info().currsize for each in (catalogue.wire, catalogue.addresses, catalogue.table))
"""
    runs = [float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(5)]
    assert median(runs) < 0.010  # 3 ms of CPU where this was written; reading the data would add 20
