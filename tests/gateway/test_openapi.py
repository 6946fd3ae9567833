"""/openapi.json is OpenAPI 3.1, says where every live method is, and what it says is true of real answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from tests.town import WORLD, capabilities
from tests.visit import Visit

from kaifang.gateway import catalogue, identity
from kaifang.gateway.door import Door
from kaifang.gateway.house import House, Settings
from kaifang.gateway.local import ask as ask_door
from kaifang.gateway.openapi import document, open_document
from kaifang.kernel import Who
from kaifang.kernel.door import KernelDoor
from kaifang.kernel.method import methods
from kaifang.kernel.story import Step, Telling, Told, load

TOLD = ("trade/refund_in_parts", "voucher/sold_vouchers", "bill/read_the_account")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The document as a client reads it."""
    capabilities()
    return json.loads(json.dumps(document()))  # type: ignore[no-any-return]


def operations(told: dict[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Verb, path and the rest of each operation, by method."""
    return {
        one["operationId"]: (verb.upper(), path, one) for path, at in told["paths"].items() for verb, one in at.items()
    }


REF = re.compile(r'"#/components/schemas/([^"]+)"')


def test_it_is_openapi(told: dict[str, Any]) -> None:
    """Every fifth method with all that it refers to, as all of them take the validator long; and every schema."""
    paths = dict(list(told["paths"].items())[::5])
    components, schemas = told["components"], told["components"]["schemas"]
    needed, waiting = set[str](), REF.findall(json.dumps([paths, components["responses"]]))
    while waiting:
        if (name := waiting.pop()) not in needed:
            needed.add(name)
            waiting += REF.findall(json.dumps(schemas[name]))
    validate(told | {"paths": paths, "components": components | {"schemas": {name: schemas[name] for name in needed}}})
    Draft202012Validator.check_schema({"$defs": schemas})
    assert set(REF.findall(json.dumps(told))) <= schemas.keys()


def test_every_live_method_is_where_it_says(told: dict[str, Any]) -> None:
    found = operations(told)
    assert set(found) == {one.name for one in methods.values() if one.who not in (Who.INSIDE, Who.DEVICE)}
    for name, (verb, path, one) in found.items():
        route = catalogue.route(verb, path.replace("{", "").replace("}", ""))
        assert isinstance(route, catalogue.Route) and route.method == name
        inside = {each["name"] for each in one.get("parameters", ()) if each.get("in") == "path"}
        assert inside == set(catalogue.PARAMETER.findall(path))


def test_a_member_stands_in_one_place(told: dict[str, Any]) -> None:
    _, _, bill = operations(told)["alipay.data.dataservice.bill.downloadurl.query"]
    assert {one.get("name") for one in bill["parameters"] if one.get("in") == "query"} >= {"bill_type", "bill_date"}
    assert "requestBody" not in bill
    upload = operations(told)["alipay.open.file.upload"][2]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert upload["properties"]["file_content"]["format"] == "binary"
    assert "file_content" not in upload["properties"]["data"]["properties"]


def test_notes_amounts_times_and_lengths_are_told(told: dict[str, Any]) -> None:
    members = told["components"]["schemas"]["trade.Refund"]["properties"]
    assert members["refund_amount"]["format"] == "money" and "yuan" in members["refund_amount"]["description"]
    assert members["trade_no"]["maxLength"] == 64
    _, _, refund = operations(told)["alipay.trade.refund"]
    assert {"code": "ACQ.TRADE_NOT_EXIST", "v3": "ACQ.TRADE_NOT_EXIST", "status": 400}.items() <= next(
        one for one in refund["x-faults"] if one["code"] == "ACQ.TRADE_NOT_EXIST"
    ).items()
    assert "202" in operations(told)["alipay.trade.pay"][2]["responses"]


@pytest.mark.parametrize("name", TOLD)
def test_real_requests_and_answers_are_as_it_says(name: str, told: dict[str, Any]) -> None:
    """Every call of a story fits the schemas, in what is asked and in what is answered."""
    visit, found, seen = Visit(), operations(told), set()
    folder, _, story = name.partition("/")
    path = WORLD.parent / "capabilities" / folder / "stories" / f"{story}.yaml"
    telling = Telling(load(path), KernelDoor(visit.platform, visit.known, visit.loop), visit.known)

    def fits(step: Step, ask: dict[str, Any], answer: Told) -> None:
        if step.call in found and not answer.fault:
            seen.add(step.call)
            one = found[step.call][2]
            status = "202" if answer.code == "10003" else "200"
            check(told, one["responses"][status]["content"]["application/json"]["schema"], answer.fields)
            if "requestBody" in one:
                check(told, one["requestBody"]["content"]["application/json"]["schema"], ask)

    telling.tell(fits)
    visit.close()
    assert len(seen) > 2


def check(told: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Whether a value fits a schema of the document, with no member that it does not name."""
    Draft202012Validator({**schema, "components": told["components"]}).validate(value)
    if "$ref" in schema:
        named = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
        assert not set(value) - set(named) - {"code", "msg"}


def test_it_is_sent_packed_and_only_to_who_does_not_have_it(tmp_path: Path) -> None:
    visit = Visit()
    house = House(visit.platform, identity.take_up(tmp_path / "keys", visit.now), Settings())
    door = Door(house)
    open_document(door)

    def get(*headers: tuple[bytes, bytes]) -> Any:
        return visit.loop.run_until_complete(ask_door(door, "GET", b"/openapi.json", headers))

    plain, packed = get(), get((b"accept-encoding", b"gzip, br"))
    assert json.loads(plain.body)["openapi"] == "3.1.0"
    assert zlib.decompress(packed.body, 31) == plain.body and len(packed.body) * 5 < len(plain.body)
    again = get((b"if-none-match", plain.get(b"etag")))
    assert (again.status, again.body) == (304, b"")
    house.close()
    visit.close()


def test_the_page_build_gets_the_same(told: dict[str, Any]) -> None:
    printed = subprocess.run([sys.executable, "-m", "kaifang.gateway.openapi"], capture_output=True, check=True).stdout
    assert json.loads(printed) == told
