"""Drives python-alipay-sdk: one order a line comes in as JSON, what the SDK made of it goes out."""

from __future__ import annotations

import inspect
import json
import sys
from typing import Any

from alipay import AliPay, AliPayException, DCAliPay, ISVAliPay
from alipay.exceptions import AliPayValidationError

world: dict[str, Any] = {}


def client(order: dict[str, Any]) -> AliPay:
    """The SDK, set up as its README says: with keys, with certificates, or for a merchant that authorised us."""
    told = world["apps"][order["app"]]
    common = {"appid": told["app_id"], "app_private_key_string": told["private_key_pkcs1_pem"]}
    if order.get("mode") == "certificates":
        made = DCAliPay(
            app_public_key_cert_string=told["app_cert"], alipay_public_key_cert_string=told["platform_cert"],
            alipay_root_cert_string=told["root_cert"], **common,
        )  # fmt: skip
    elif "app_auth_token" in order["common"]:
        token = order["common"].pop("app_auth_token")
        made = ISVAliPay(alipay_public_key_string=told["platform_public_key_pem"], app_auth_token=token, **common)
    else:
        public = told["platform_public_key_pem"]
        made = AliPay(alipay_public_key_string=public, sign_type=order.get("sign_type", "RSA2"), **common)
    made._gateway = world["gateway_url"]  # the one way to lead it anywhere
    return made


def own_function(sdk: AliPay, order: dict[str, Any]) -> Any:
    """The SDK's function for this method, if it has one that takes what we have to say."""
    found = getattr(sdk, "api_" + order["method"].replace(".", "_"), None)
    try:
        inspect.signature(found).bind(**order["content"], **order["common"])
    except TypeError:
        return None
    return found


def send(order: dict[str, Any]) -> Any:
    """Call by the SDK's function for the method, or by its general one."""
    sdk = client(order)
    content, common = order["content"], order["common"]
    if call := own_function(sdk, order):
        return call(**content, **common)
    door = sdk.client_api if order["do"] != "call" else sdk.server_api
    if order["method"] in ("alipay.system.oauth.token", "alipay.user.info.share"):  # no biz_content
        return door(order["method"], **content, **common)
    return door(order["method"], biz_content=content, **common)


def call(order: dict[str, Any]) -> dict[str, Any]:
    """Call a method; the SDK raises refusals that stand in error_response, and returns all others."""
    try:
        told = send(order)
    except AliPayException as problem:
        told = json.loads(str(problem).partition("message:")[2])["error_response"]
    if told.get("code", "10000") not in ("10000", "10003"):
        return {"refused": {"code": told["sub_code"], "message": told["sub_msg"], "family": told["code"]}}
    return {"told": told}


def page(order: dict[str, Any]) -> dict[str, Any]:
    """The address to which a page call sends a browser."""
    return {"told": f"{world['gateway_url']}?{send(order)}"}


def string(order: dict[str, Any]) -> dict[str, Any]:
    """The order string that an app hands to the wallet."""
    return {"told": send(order)}


def verify(order: dict[str, Any]) -> dict[str, Any]:
    """Verify a notification with the SDK's own function."""
    fields = dict(order["fields"])
    return {"told": client(order | {"common": {}}).verify(fields, fields.pop("sign"))}


def result(order: dict[str, Any]) -> dict[str, Any]:
    """Verify the result that the wallet hands to an app, as the SDK does with answers of the gateway."""
    node = order["method"].replace(".", "_") + "_response"
    try:
        return {"told": client(order | {"common": {}})._verify_and_return_sync_response(order["text"], node)}
    except AliPayValidationError as problem:
        return {"told": None, "because": str(problem)}


def meet(order: dict[str, Any]) -> dict[str, Any]:
    """Get to know the gateway and the apps."""
    world.update(order["world"])
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
