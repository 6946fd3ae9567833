"""Drives the official alipay-sdk-python: one order a line comes in as JSON, what the SDK made of it goes out."""

from __future__ import annotations

import base64
import importlib
import json
import sys
from typing import Any

from alipay.aop.api.AlipayClientConfig import AlipayClientConfig
from alipay.aop.api.DefaultAlipayClient import DefaultAlipayClient
from alipay.aop.api.FileItem import FileItem
from alipay.aop.api.request.AlipayTradeQueryRequest import AlipayTradeQueryRequest
from alipay.aop.api.response.AlipayResponse import AlipayResponse
from alipay.aop.api.util.SignatureUtils import get_sign_content, verify_with_rsa

world: dict[str, Any] = {}


def client(app: str, charset: str, sign_type: str) -> DefaultAlipayClient:
    """The SDK, set up as its README says."""
    told = world["apps"][app]
    config = AlipayClientConfig()
    config.server_url = world["gateway_url"]
    config.app_id = told["app_id"]
    config.app_private_key = told["private_key_pkcs1"]
    config.alipay_public_key = told["platform_public_key"]
    config.charset, config.sign_type = charset, sign_type
    return DefaultAlipayClient(config)


def part(kind: str, method: str, ending: str) -> Any:
    """The SDK's own class for a method's request, answer or business model."""
    name = "".join(word.capitalize() for word in method.split(".")) + ending
    return getattr(importlib.import_module(f"alipay.aop.api.{kind}.{name}"), name)


class OwnRequest(AlipayTradeQueryRequest):
    """A request for a method of the platform's own, of which the SDK knows nothing."""

    def __init__(self, method: str, content: dict[str, Any]) -> None:
        super().__init__()
        self.told = {"method": method, "biz_content": json.dumps(content, ensure_ascii=False)}

    def get_params(self) -> dict[str, str]:
        """What is sent."""
        return {**super().get_params(), **self.told}


def request(method: str, content: dict[str, Any], common: dict[str, str], files: dict[str, list[str]]) -> Any:
    """A request of the SDK, filled by its own models; a member that these do not know is an error."""
    if method.startswith("kaifang."):
        return OwnRequest(method, content)
    made = part("request", method, "Request")()
    try:
        model = part("domain", method, "Model").from_alipay_dict(content)
        assert model is None or full(model.to_alipay_dict()) == full(content), "the SDK's model lost something"
        made.biz_model = model
    except ModuleNotFoundError:
        for name, value in content.items():
            assert isinstance(getattr(type(made), name), property)
            setattr(made, name, value)
    for name, (file_name, text) in files.items():
        setattr(made, name, FileItem(file_name, base64.b64decode(text)))
    for name in ("notify_url", "return_url"):
        setattr(made, name, common.pop(name, None))
    for name, value in common.items():
        made.add_other_text_param(name, value)
    return made


def full(value: Any) -> Any:
    """Without what the SDK leaves out: empty things, zeros and false."""
    if isinstance(value, list):
        return [full(one) for one in value]
    if isinstance(value, dict):
        return {name: whole for name, part in value.items() if (whole := full(part))}
    return value


def plain(value: Any) -> Any:
    """What the SDK read, as JSON."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return members(value) if hasattr(value, "to_alipay_dict") else value


def members(thing: Any) -> dict[str, Any]:
    """What the SDK has read into an answer or a part of it, by the names of the wire."""
    return {name.removeprefix("_"): plain(value) for name, value in vars(thing).items() if value is not None}


def call(order: dict[str, Any]) -> dict[str, Any]:
    """Execute, and read the answer into the SDK's own response."""
    sdk = client(order["app"], order.get("charset", "utf-8"), order.get("sign_type", "RSA2"))
    text = sdk.execute(request(order["method"], order["content"], order["common"], order.get("files", {})))
    own = order["method"].startswith("kaifang.")
    answer = AlipayResponse() if own else part("response", order["method"], "Response")()
    read = answer.parse_response_content(text)
    if not answer.is_success():
        return {"refused": {"code": answer.sub_code, "message": answer.sub_msg, "family": answer.code}}
    if own:
        return {"told": read}
    told, body = members(answer), {"body": ""}  # the SDK keeps all there
    assert full(told | body) == full(json.loads(text) | body), "the SDK's response lost something"
    return {"told": told}


def page(order: dict[str, Any]) -> dict[str, Any]:
    """The address, or with POST the form, to which a page call sends a browser."""
    sdk = client(order["app"], order.get("charset", "utf-8"), "RSA2")
    return {"told": sdk.page_execute(request(order["method"], order["content"], order["common"], {}), order["verb"])}


def string(order: dict[str, Any]) -> dict[str, Any]:
    """The order string that an app hands to the wallet."""
    sdk = client(order["app"], "utf-8", "RSA2")
    return {"told": sdk.sdk_execute(request(order["method"], order["content"], order["common"], {}))}


def verify(order: dict[str, Any]) -> dict[str, Any]:
    """Verify a notification with the function that the SDK ships for it."""
    fields = dict(order["fields"])
    sign, _ = fields.pop("sign"), fields.pop("sign_type")
    try:
        message = get_sign_content(fields).encode(fields["charset"])
        return {"told": bool(verify_with_rsa(world["apps"][order["app"]]["platform_public_key"], message, sign))}
    except Exception as problem:  # noqa: BLE001 - the SDK raises what its RSA library raises
        return {"told": False, "because": str(problem)}


def result(order: dict[str, Any]) -> dict[str, Any]:
    """Verify the result that the wallet hands to an app, as the SDK does with answers of the gateway."""
    sdk = client(order["app"], "utf-8", "RSA2")
    try:
        return {"told": json.loads(sdk._DefaultAlipayClient__parse_response(order["text"].encode()))}
    except Exception as problem:  # noqa: BLE001 - the SDK raises what its RSA library raises
        return {"told": None, "because": str(problem)}


def meet(order: dict[str, Any]) -> dict[str, Any]:
    """Get to know the gateway and the apps."""
    apps = world.get("apps", {}) | order["world"].get("apps", {})
    world.update(order["world"], apps=apps)
    return {"told": True}


DO = {"meet": meet, "call": call, "page": page, "string": string, "verify": verify, "result": result}

if __name__ == "__main__":
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        order = json.loads(line)
        try:
            told = DO[order["do"]](order)
        except Exception as problem:  # noqa: BLE001 - told to whoever gave the order
            told = {"raised": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(told), file=out, flush=True)
