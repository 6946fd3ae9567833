"""Snippets: a call with its values as a whole program, in the languages that people write servers in."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import UNSET

from kaifang.gateway import catalogue
from kaifang.gateway.openapi.operations import IN_QUERY, address, path_names, takes_bytes
from kaifang.kernel import Key, Shape, Text, Who, Work, fault, method
from kaifang.kernel.method import Method, methods
from kaifang.kernel.shape import field_types

Language = Literal["curl", "go", "java", "node", "php", "python"]


class Form(NamedTuple):
    """How a language is called, what its program's file is called, and how it is run."""

    title: str
    file: str
    run: str


FORMS: dict[Language, Form] = {
    "python": Form("Python", "call.py", "pip install python-alipay-sdk && python call.py"),
    "node": Form("Node", "call.js", "npm install alipay-sdk && node call.js"),
    "java": Form("Java", "Call.java", "java Call.java"),
    "php": Form("PHP", "call.php", "php call.php"),
    "go": Form("Go", "call.go", "go run call.go"),
    "curl": Form("curl", "call.sh", "bash call.sh"),
}
UPLOADING: tuple[Language, ...] = ("node", "curl")  # the others' programs would be mostly about multipart
TOKEN = "ACCESS_TOKEN_OF_THE_USER"

NOT_CALLABLE = fault(
    "NOT_CALLABLE",
    zh="没有可经网络调用的此方法，请检查拼写",
    en="No method of this name can be called over HTTP.",
    fix="Take a name from /openapi.json; messages of devices are told in the guide to devices.",
)


class Write(Shape):
    """A call that somebody wants as a program."""

    method: Key  # such as alipay.trade.pay
    ask: dict[str, Any] | None = None  # its fields with their values; a file by its name
    app_id: Key | None = None  # who calls; yourself if left out
    auth_token: Text | None = None  # access token of the user for whom it is called
    app_auth_token: Text | None = None  # token of the merchant for whom a service provider calls
    language: Language | None = None  # in this language only


class Snippet(Shape):
    """A whole program."""

    language: Language  # which language
    title: str  # its name for people
    file: str  # what to save it as
    run: str  # how to run it, beside private.pem (yours, PKCS#8) and platform.pem (the platform's public key)
    text: str  # the program


class Written(Shape):
    """The call as programs."""

    verb: str  # HTTP verb in v3
    path: str  # where it is asked in v3, with its query
    snippets: list[Snippet]  # one a language; uploads in those that do it in a few lines


@method("kaifang.docs.snippet.write", raises=[NOT_CALLABLE], reads=True)
def write(work: Work, ask: Write) -> Written:
    """Write a call of any method as a program in Python, Node, Java, PHP, Go and curl, with the values given."""
    found = methods.get(ask.method)
    if found is None or found.who in (Who.INSIDE, Who.DEVICE):
        raise NOT_CALLABLE(method=ask.method)
    call = Call(found, dict(ask.ask or {}), work.place.home or "http://127.0.0.1:8888", ask.app_id or work.caller.app)
    call.sign_for(ask.auth_token or "", ask.app_auth_token or "")
    return Written(verb=call.verb, path=call.target, snippets=snippets(call, ask.language))


class Call:
    """What the templates are told of a call."""

    def __init__(self, called: Method, fields: dict[str, Any], base_url: str, app_id: str) -> None:
        self.method, self.says, self.base_url, self.app_id = called.name, called.doc.split("\n")[0], base_url, app_id
        self.is_page, self.needs_user = called.is_page, called.who is Who.USER
        self.verb, self.path = address(called.name)
        self.fields, self.auth_token, self.app_auth_token = fields, "", ""
        files = [name for name, kind in field_types(called.ask).items() if takes_bytes(kind)]
        self.files = {name: file_name(fields.get(name)) for name in files if name in fields}
        self.takes_files = bool(files)

    def sign_for(self, auth_token: str, app_auth_token: str) -> None:
        """On whose behalf; a method that needs a user has a placeholder at least."""
        self.auth_token = auth_token or (TOKEN if self.needs_user else "")
        self.app_auth_token = app_auth_token

    @property
    def rest(self) -> dict[str, Any]:
        """What is neither in the path nor a file."""
        inside = {*path_names(self.path), *self.files}
        return {name: value for name, value in self.fields.items() if name not in inside}

    @property
    def query(self) -> dict[str, str]:
        """What stands in the query, where it is text."""
        told = {name: as_text(value) for name, value in self.rest.items()} if self.verb in IN_QUERY else {}
        return told | ({"auth_token": self.auth_token} if self.auth_token else {})

    @property
    def place(self) -> str:
        """The path with its values."""
        path = self.path
        for name in path_names(path):
            path = path.replace("{" + name + "}", quote(str(self.fields.get(name, name.upper())), safe=""))
        return path

    @property
    def target(self) -> str:
        """Path and query, as signed and sent."""
        return self.place + (f"?{urlencode(self.query, quote_via=quote)}" if self.query else "")

    @property
    def content(self) -> dict[str, Any] | None:
        """What stands in the body, if there is one."""
        return None if self.verb in IN_QUERY else self.rest

    @property
    def body(self) -> str:
        """The same as JSON; for an upload, what stands in its part `data`."""
        return "" if self.content is None or (self.takes_files and not self.content) else as_json(self.content)

    @property
    def beside(self) -> dict[str, str]:
        """In v2: the fields that stand beside biz_content, and the tokens."""
        told = {name: as_text(value) for name, value in self.fields.items() if name in self._params}
        tokens = {"auth_token": self.auth_token, "app_auth_token": self.app_auth_token}
        return told | {name: token for name, token in tokens.items() if token}

    @property
    def biz_content(self) -> dict[str, Any]:
        """In v2: the fields that stand in it."""
        return {name: value for name, value in self.fields.items() if name not in self._params}

    @property
    def _params(self) -> set[str]:
        contract = catalogue.contract(self.method)
        return {*contract.params, "notify_url", "return_url"} if contract else {"notify_url", "return_url"}


def snippets(call: Call, language: Language | None = None) -> list[Snippet]:
    """The call in this language, or in all that can say it."""
    wanted = [one for one in FORMS if language in (None, one) and (not call.takes_files or one in UPLOADING)]
    return [
        Snippet(language=one, **FORMS[one]._asdict(), text=texts.get_template(f"{one}.txt").render(call=call))
        for one in wanted
    ]


def file_name(value: object) -> str:
    """The name of a file that a field stands for."""
    return value if isinstance(value, str) and 0 < len(value) <= 128 and value.isprintable() else "picture.png"


def as_text(value: Any) -> str:
    """A value where only text can stand."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_json(value: Any, indent: int = 0) -> str:
    """JSON laid out, its further lines indented."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * indent)


def as_python(value: Any, indent: int = 0) -> str:
    """The same as Python writes it."""
    if isinstance(value, dict | list) and value:
        inner, opening, closing = " " * (indent + 4), *("{}" if isinstance(value, dict) else "[]")
        items = value.items() if isinstance(value, dict) else ((UNSET, one) for one in value)
        lines = [(f"{string(name)}: " if name is not UNSET else "") + as_python(one, indent + 4) for name, one in items]
        return f"{opening}\n" + "".join(f"{inner}{line},\n" for line in lines) + " " * indent + closing
    return string(value) if isinstance(value, str) else repr(value)


def string(value: str) -> str:
    """Text in double quotes, as Python, JavaScript, Java and Go read it; never the end of a line or a comment."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def in_java(text: str) -> str:
    """Inside a block of text of Java."""
    return text.replace("\\", "\\\\").replace('"""', '\\"""')


def in_go(text: str) -> str:
    """JSON inside raw text of Go, which cannot hold a backquote."""
    return text.replace("`", "\\u0060")


def in_php(value: str) -> str:
    """Text in single quotes, as PHP reads it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


texts = Environment(  # programs, not pages: each value is quoted as its language wants
    loader=FileSystemLoader(Path(__file__).parent / "snippets"), autoescape=False, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
)  # fmt: skip
texts.filters |= {
    "json": as_json, "python": as_python, "string": string, "java": in_java, "go": in_go, "php": in_php,
    "shell": shlex.quote,
}  # fmt: skip
