"""Methods as operations: where each is asked in v3, what it is asked, what it answers and what it refuses."""

from __future__ import annotations

from typing import Any

import msgspec

from kaifang.gateway import catalogue, codes
from kaifang.kernel import FaultKind, Page, Who
from kaifang.kernel.method import Method
from kaifang.kernel.shape import field_types

from .schemas import Schema, Schemas

IN_QUERY = ("GET", "DELETE")  # verbs that official clients send without a body
ON_BEHALF = {Who.USER: [{"$ref": "#/components/parameters/auth_token"}], Who.WALLET: [
    {"$ref": "#/components/parameters/of_user"}]}  # fmt: skip


def address(method: str) -> tuple[str, str]:
    """Verb and path of a method in v3."""
    known = catalogue.endpoint(method)
    return (known.verb, known.path) if known else ("POST", "/v3/" + method.replace(".", "/"))


def operation(method: Method, schemas: Schemas) -> dict[str, Any]:
    """One method."""
    summary, _, more = method.doc.partition("\n")
    verb, path = address(method.name)
    asked = schemas.of(method.ask)
    told = {
        "operationId": method.name,
        "tags": [method.capability],
        "summary": summary,
        "description": more.strip() or None,
        "x-capability": method.capability,
        "x-who": method.who.value,
        "x-reads": method.reads or None,
        "x-page": method.is_page or None,
        "x-once": once(method),
        "x-faults": [fault(kind) for kind in faults(method)] or None,
        "parameters": parameters(method, verb, path, asked) or None,
        "requestBody": None if verb in IN_QUERY else body(method, path, schemas),
        "responses": responses(method, schemas),
    }
    return {name: value for name, value in told.items() if value is not None}


def once(method: Method) -> dict[str, Any] | None:
    """The fields by which a repeat is known, and the fault of another request under the same ones."""
    return {"fields": method.once, "clash": fault(method.clash)} if method.clash else None


def faults(method: Method) -> list[FaultKind]:
    """What a method refuses, by code: some are declared as what is left of a set, in no order."""
    return sorted(set(method.raises), key=lambda kind: (kind.code, kind.en))


def fault(kind: FaultKind) -> dict[str, Any]:
    """A refusal: its code in v2 and in v3, its status, both languages and the cure."""
    return {
        "code": kind.code, "v3": codes.v3_code(kind), "status": codes.v3_status(kind),
        "zh": kind.zh, "en": kind.en, "fix": kind.fix,
    }  # fmt: skip


def path_names(path: str) -> list[str]:
    """The members that stand in the path."""
    return catalogue.PARAMETER.findall(path)


def parameters(method: Method, verb: str, path: str, asked: Schema) -> list[dict[str, Any]]:
    """What stands in the path and in the query, and on whose behalf it is asked."""
    inside, found = path_names(path), list[dict[str, Any]]()
    for name, member in asked["properties"].items():
        if name in inside:
            found.append({"name": name, "in": "path", "required": True} | valued(member))
        elif verb in IN_QUERY:
            found.append({"name": name, "in": "query", "required": name in asked.get("required", ())} | valued(member))
    return [*found, *ON_BEHALF.get(method.who, []), {"$ref": "#/components/parameters/app_auth_token"}]


def valued(member: Schema) -> dict[str, Any]:
    """A parameter's note and type; whatever is not text or a number is JSON there."""
    schema = {name: value for name, value in member.items() if name != "description"}
    is_json = "$ref" in schema or schema.get("type") in ("object", "array") or "anyOf" in schema
    told = {"content": {"application/json": {"schema": schema}}} if is_json else {"schema": schema}
    return {"description": member["description"], **told} if "description" in member else told


def body(method: Method, path: str, schemas: Schemas) -> dict[str, Any]:
    """The JSON that is sent; for a method that takes files, the parts of an upload."""
    asked = schemas.of(method.ask)
    files = [name for name, kind in field_types(method.ask).items() if takes_bytes(kind)]
    inside = path_names(path)
    rest = narrowed(asked, {*files, *inside}) if files or inside else schemas.ref(method.ask)
    if not files:
        return {"required": bool(asked.get("required")), "content": {"application/json": {"schema": rest}}}
    parts = {name: {"type": "string", "format": "binary"} | note(asked["properties"][name]) for name in files}
    needed = [name for name in files if name in asked.get("required", ())]
    schema = {"type": "object", "properties": {"data": rest, **parts}, "required": needed}
    encoding = {"data": {"contentType": "application/json"}}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema, "encoding": encoding}}}


def takes_bytes(kind: Any) -> bool:
    """Whether a member is a file."""
    schema = msgspec.inspect.type_info(kind)
    parts = schema.types if isinstance(schema, msgspec.inspect.UnionType) else (schema,)
    return any(isinstance(part, msgspec.inspect.BytesType) for part in parts)


def note(member: Schema) -> Schema:
    """Its description alone."""
    return {"description": member["description"]} if "description" in member else {}


def narrowed(asked: Schema, without: set[str]) -> Schema:
    """A request without the members that travel elsewhere."""
    kept = {name: member for name, member in asked["properties"].items() if name not in without}
    needed = [name for name in asked.get("required", ()) if name in kept]
    return {"type": "object", "properties": kept, "required": needed}


def responses(method: Method, schemas: Schemas) -> dict[str, Any]:
    """What it answers: 200, 202 where somebody has to confirm first, and refusals."""
    by_status: dict[str, list[type]] = {}
    for answer in method.answers:
        by_status.setdefault("202" if getattr(answer, "CODE", "10000") != "10000" else "200", []).append(answer)
    told = {status: response(status, answers, schemas) for status, answers in sorted(by_status.items())}
    return told | {"default": {"$ref": "#/components/responses/refused"}}


def response(status: str, answers: list[type], schemas: Schemas) -> dict[str, Any]:
    """An answer, or one of several."""
    refs = [schemas.ref(answer) for answer in answers]
    says = "Accepted; somebody has to confirm first." if status == "202" else "Done."
    if Page in answers:
        says = "Where a browser, or the wallet, is to go."
    schema = refs[0] if len(refs) == 1 else {"anyOf": refs}
    return {"description": says, "content": {"application/json": {"schema": schema}}}
