"""The OpenAPI document of every method that can be called over HTTP, read from the registry."""

from __future__ import annotations

from functools import cache
from typing import Any

import kaifang
from kaifang.gateway import codes
from kaifang.kernel import FaultKind, Who
from kaifang.kernel.capability import capabilities
from kaifang.kernel.fault import INVALID_PARAMETER, NO_PERMISSION, NO_USER, SYSTEM_ERROR
from kaifang.kernel.method import Method, methods

from .operations import address, fault, operation
from .schemas import Schemas

ALWAYS = (INVALID_PARAMETER, NO_PERMISSION, NO_USER, SYSTEM_ERROR)
ABOUT = """Every live method of this platform by its v3 address. The same methods answer at `/gateway.do` by name (v2).

Each request is signed with the application's RSA key; so is each answer, by the platform, in the headers
`alipay-timestamp`, `alipay-nonce` and `alipay-signature`. Members that are absent do not travel. A method that tells
its outcome later also takes `notify_url`, and one that leads a browser away `return_url`, beside its own members.
Refusals are in Chinese, or in English for `accept-language: en`.

`x-who`: anyone (every app), user (on behalf of a user who consented), wallet, operator. `x-once`: a repeat with the
same fields is answered as the first one was. `x-faults`: what a method refuses, in both languages, with the cure.
Methods of devices are spoken in signed messages at `/devices/messages` and do not stand here."""
SIGNING = """`Authorization: ALIPAY-SHA256withRSA app_id=...,nonce=...,timestamp=MILLISECONDS,sign=...`

`sign` is base64 of RSA PKCS#1 v1.5 with SHA-256 over these lines, each ended by a line feed: the header's text between
the scheme and `,sign=`; the verb; the path with its query as sent; the body (of an upload, its part `data`);
and, if that header is sent, the value of `alipay-app-auth-token`.

A browser in which somebody signed in (`kaifang.wallet.session.open`) has a key of its own, and also names `session=...`
there; an application with certificates names `app_cert_sn=...`."""
PARAMETERS = {
    "auth_token": {
        "name": "auth_token", "in": "query", "required": True, "schema": {"type": "string"},
        "description": "access token of the user who consented",
    },
    "of_user": {
        "name": "auth_token", "in": "query", "schema": {"type": "string"},
        "description": "access token of the user for whom the wallet asks",
    },
    "app_auth_token": {
        "name": "alipay-app-auth-token", "in": "header", "schema": {"type": "string"},
        "description": "token of the merchant for whom a service provider asks",
    },
}  # fmt: skip
REFUSAL = {
    "type": "object",
    "description": "A refusal.",
    "properties": {
        "code": {"type": "string", "description": "the fault's code in v3, such as ACQ.TRADE_NOT_EXIST"},
        "message": {"type": "string", "description": "what happened, with the facts of the case, and the cure"},
        "links": {
            "type": "array",
            "description": "pages that explain it",
            "items": {
                "type": "object",
                "properties": {
                    "link": {"type": "string", "description": "address"},
                    "desc": {"type": "string", "description": "what is to be found there"},
                },
                "required": ["link", "desc"],
            },
        },
    },
    "required": ["code", "message"],
}


def live() -> list[Method]:
    """The methods that can be called over HTTP, by name."""
    return sorted(
        (one for one in methods.values() if one.who not in (Who.INSIDE, Who.DEVICE)), key=lambda one: one.name
    )


@cache
def document() -> dict[str, Any]:
    """The whole document; the registry must be complete by now."""
    schemas = Schemas(shape for method in live() for shape in (method.ask, *method.answers))
    paths: dict[str, dict[str, Any]] = {}
    for method in live():
        verb, path = address(method.name)
        at = paths.setdefault(path, {})
        assert verb.lower() not in at, f"{method.name} has the address of another method"
        at[verb.lower()] = operation(method, schemas)
    used = {method.capability for method in live()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kaifang 开放", "version": kaifang.__version__, "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"signed": []}],
        "tags": [tag(name) for name in sorted(used)],
        "x-faults": [fault(kind) for kind in everybodys()],
        "paths": paths,
        "components": {
            "schemas": schemas.by_name | {"Refusal": REFUSAL},
            "parameters": PARAMETERS,
            "responses": {"refused": {
                "description": "Refused; nothing was changed.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
            }},
            "securitySchemes": {
                "signed": {"type": "http", "scheme": "ALIPAY-SHA256withRSA", "description": SIGNING}
            },
        },
    }  # fmt: skip


def tag(name: str) -> dict[str, str]:
    """A capability."""
    one = capabilities.get(name)
    return {"name": name, "description": one.doc, "x-title": one.title, "x-zh": one.zh} if one else {"name": name}


def everybodys() -> list[FaultKind]:
    """What any method may be refused with before it is reached."""
    return [*ALWAYS, *(kind for kind in vars(codes).values() if isinstance(kind, FaultKind) and kind not in ALWAYS)]
