"""What is known of the official wire: names, kinds and v3 addresses, read from `kaifang/catalogue` when first asked."""

import re
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

DATA = Path(__file__).parent.parent / "catalogue"
OWN = "kaifang."  # names of ours: the registry of live methods knows them, the catalogue does not
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
PARAMETER = re.compile(r"\{(\w+)\}")

GZIP = 16 + zlib.MAX_WBITS  # zlib alone, as the gzip module costs several milliseconds at start

TEXT = "string"  # the official SDKs see every scalar as text
FILE = "file"
Fields = dict[str, str]  # name -> "string", "file", a model, or one of these in brackets for a list


class Endpoint(msgspec.Struct, frozen=True, array_like=True):
    """The v3 address of a method, and the error codes that its documentation lists."""

    method: str
    verb: str
    path: str
    codes: str

    @property
    def error_codes(self) -> tuple[str, ...]:
        """The business error codes, as in v2's sub_code."""
        return tuple(self.codes.split())

    @property
    def path_params(self) -> tuple[str, ...]:
        """The names in braces, in the order of the path."""
        return tuple(PARAMETER.findall(self.path))


class Contract(msgspec.Struct, frozen=True):
    """What the official SDK sends for a method and reads from its answer."""

    method: str
    model: str | None  # of biz_content; None where the method takes top-level parameters only
    request: Fields  # members of biz_content
    params: Fields  # beside the common ones, outside biz_content
    files: tuple[str, ...]  # multipart parts
    response: Fields
    v3: Endpoint | None


class Route(NamedTuple):
    """The method that a v3 address means, with the values of its path parameters."""

    method: str
    path_params: dict[str, str]


class WrongVerb(msgspec.Struct, frozen=True):
    """The path exists, but not with this verb."""

    allowed: tuple[str, ...]


class Wire(msgspec.Struct):
    """The big file: methods as (model, params, response) and models as fields, packed into text."""

    origin: str
    methods: dict[str, tuple[str, str, str]]
    models: dict[str, str]


class Addresses(msgspec.Struct):
    """The small file: the v3 endpoints and the codes that each of them may answer."""

    common_codes: str
    endpoints: list[Endpoint]


class Table(NamedTuple):
    """The v3 endpoints, ordered for finding one."""

    by_method: dict[str, Endpoint]
    by_path: dict[str, dict[str, Endpoint]]
    by_pattern: list[tuple[re.Pattern[str], dict[str, Endpoint]]]


def known(method: str) -> bool:
    """Whether the official platform has a method of this name."""
    return method in wire().methods or method in table().by_method


def contract(method: str) -> Contract | None:
    """The shapes of a method, or None if the SDK has no class for it."""
    entry = wire().methods.get(method)
    if entry is None:
        return None
    params, response = unpacked(entry[1]), unpacked(entry[2])
    return Contract(
        method=method,
        model=entry[0] or None,
        request=fields(entry[0]),
        params={name: kind for name, kind in params.items() if kind != FILE},
        files=tuple(name for name, kind in params.items() if kind == FILE),
        response=response,
        v3=endpoint(method),
    )


def model(name: str) -> Fields | None:
    """The fields of a model, or None if there is no such model."""
    packed = wire().models.get(name)
    return None if packed is None else unpacked(packed)


def fields(kind: str) -> Fields:
    """What is inside a kind, "GoodsDetail" and "[GoodsDetail]" alike; nothing inside text and files."""
    return model(kind.strip("[]")) or {}


def endpoint(method: str) -> Endpoint | None:
    """The official v3 address of a method, if it has one."""
    return table().by_method.get(method)


def common_codes() -> tuple[str, ...]:
    """The gateway's v3 error codes, which any method may answer."""
    return tuple(addresses().common_codes.split())


@cache
def wanted() -> dict[str, tuple[str, ...]]:
    """The official methods that each capability is for, by the name of its folder."""
    return msgspec.json.decode((DATA / "wanted.json").read_bytes(), type=dict[str, tuple[str, ...]])


def route(verb: str, path: str) -> Route | WrongVerb | None:
    """The method at a v3 path, given as on the wire without its query; a static segment wins over a parameter."""
    if verbs := table().by_path.get(path):
        return choose(verb, verbs, {})
    for pattern, verbs in table().by_pattern:
        if found := pattern.fullmatch(path):
            values = decoded(found.groupdict())
            return None if values is None else choose(verb, verbs, values)
    return by_name(verb, path)


def choose(verb: str, verbs: dict[str, Endpoint], values: dict[str, str]) -> Route | WrongVerb:
    """The method that this verb means on a path that has been found."""
    meant = verbs.get(verb)
    return Route(meant.method, values) if meant else WrongVerb(tuple(sorted(verbs)))


def by_name(verb: str, path: str) -> Route | WrongVerb | None:
    """A method without an official address: POST to /v3/ and its name with slashes for dots."""
    method = path.removeprefix("/v3/").replace("/", ".")
    if path != "/v3/" + method.replace(".", "/") or not NAME.fullmatch(method) or method in table().by_method:
        return None
    if not method.startswith(OWN) and not known(method):
        return None
    return Route(method, {}) if verb == "POST" else WrongVerb(("POST",))


def decoded(values: dict[str, str]) -> dict[str, str] | None:
    """Path parameters without their percent signs, or None if they are not UTF-8."""
    try:
        return {name: unquote(value, errors="strict") for name, value in values.items()}
    except UnicodeDecodeError:
        return None


def unpacked(text: str) -> Fields:
    """Fields from one line of text: `name` for text, `name:kind` for the rest."""
    pairs = (field.partition(":") for field in text.split())
    return {name: kind or TEXT for name, _, kind in pairs}


@cache
def wire() -> Wire:
    """The methods and models: some 15 ms and 4 MB when first asked, so nothing on the way to a live method asks."""
    return msgspec.json.decode(zlib.decompress((DATA / "wire.json.gz").read_bytes(), GZIP), type=Wire)


@cache
def addresses() -> Addresses:
    """The v3 endpoints as they stand in the file."""
    return msgspec.json.decode((DATA / "v3.json").read_bytes(), type=Addresses)


@cache
def table() -> Table:
    """The v3 endpoints by method, by path and by pattern; a pattern is a path with parameters in it."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for each in addresses().endpoints:
        by_path.setdefault(each.path, {})[each.verb] = each
    patterns = [(as_pattern(path), by_path.pop(path)) for path in sorted(by_path) if "{" in path]
    return Table({each.method: each for each in addresses().endpoints}, by_path, patterns)


def as_pattern(path: str) -> re.Pattern[str]:
    """A path whose names in braces take one segment each."""
    pieces = (PARAMETER.sub(r"(?P<\1>[^/]+)", part) if "{" in part else re.escape(part) for part in path.split("/"))
    return re.compile("/".join(pieces))
