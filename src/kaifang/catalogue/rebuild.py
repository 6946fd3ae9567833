"""Read the installed official SDK's sources and write wire.json.gz anew: `python src/kaifang/catalogue/rebuild.py`."""

import gzip
import importlib.metadata
import importlib.util
import json
import re
from pathlib import Path

SDK = "alipay-sdk-python"
COMMON = frozenset(
    {"biz_content", "biz_model", "need_encrypt", "notify_url", "prod_code"}
    | {"return_url", "terminal_info", "terminal_type", "udf_params", "version"}
)
MODEL = re.compile(r":\[?(\w+)")
SETTER = re.compile(r"@(\w+)\.setter\n    def \w+\(self, value\):\n((?:\n|        .*\n)*)")
METHOD = re.compile(r"params\[P_METHOD\] = '([^']+)'")
ELEMENT = re.compile(r"isinstance\(i, (\w+)\)")
VALUE = re.compile(r"isinstance\(value, (\w+)\)")


def setters(source: str) -> dict[str, str]:
    """The members that a class of the SDK lets one set, each with the body of its setter."""
    return dict(SETTER.findall(source))


def kind(body: str) -> str:
    """What a setter accepts: a model, a list of models or of text, a file, or (as the SDK sees all scalars) text."""
    accepted = VALUE.search(body)
    if accepted is None:
        return "string"
    if accepted[1] == "list":
        element = ELEMENT.search(body)
        return f"[{element[1] if element else 'string'}]"
    return "file" if accepted[1] == "FileItem" and "from_alipay_dict" not in body else accepted[1]


def packed(members: dict[str, str], without: frozenset[str] = frozenset()) -> str:
    """Fields in one line of text, `name` or `name:kind`, in the order of their names."""
    kinds = ((name, kind(body)) for name, body in sorted(members.items()) if name not in without)
    return " ".join(name if of == "string" else f"{name}:{of}" for name, of in kinds)


def sources(folder: Path) -> dict[str, str]:
    """The text of every module of a folder, by the name of the class in it."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("[!_]*.py"))}


def wire(api: Path) -> dict[str, object]:
    """Every method with its model, top-level parameters and answer, and every model."""
    responses, models = sources(api / "response"), sources(api / "domain")
    methods = {}
    for name, source in sources(api / "request").items():
        members = setters(source)
        model = model_of(name, members, models)
        answer = setters(responses[name.removesuffix("Request") + "Response"])
        methods[METHOD.search(source)[1]] = [
            model,
            packed(members, COMMON),
            packed(answer),
        ]
    shapes = {name: packed(setters(source)) for name, source in models.items()}
    origin = f"{SDK} {importlib.metadata.version(SDK)}"
    return {"origin": origin, "methods": dict(sorted(methods.items())), "models": reached(methods, shapes)}


def model_of(request: str, members: dict[str, str], models: dict[str, str]) -> str:
    """The model of a request's biz_content: the one its setter names; newer classes leave that to the model's name."""
    said = kind(members["biz_content"]) if "biz_content" in members else "string"
    usual = request.removesuffix("Request") + "Model"
    return said if said != "string" else usual if usual in models else ""


def reached(methods: dict[str, list[str]], models: dict[str, str]) -> dict[str, str]:
    """The models that some method speaks of, directly or inside another; the SDK carries thousands that none does."""
    found: set[str] = set()
    ahead = {model for model, *_ in methods.values()} | set(MODEL.findall(" ".join(map(" ".join, methods.values()))))
    while ahead := (ahead & models.keys()) - found:
        found |= ahead
        ahead = set(MODEL.findall(" ".join(models[name] for name in ahead)))
    return {name: fields for name, fields in models.items() if name in found}


if __name__ == "__main__":
    package = Path(importlib.util.find_spec("alipay").submodule_search_locations[0])
    text = json.dumps(wire(package / "aop" / "api"), ensure_ascii=False, separators=(",", ":"))
    here = Path(__file__).with_name("wire.json.gz")
    here.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
