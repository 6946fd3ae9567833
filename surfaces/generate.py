"""The shapes of all methods as TypeScript, out of the platform's OpenAPI: what the type check of the pages goes by."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Schema = dict[str, Any]

GENERATED = Path(__file__).parent / "kit" / "generated" / "types.d.ts"
WORDS = {"integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def main() -> None:
    """Write them, unless nothing has changed."""
    said = subprocess.run([sys.executable, "-m", "kaifang.gateway.openapi"], check=True, capture_output=True).stdout
    text = "\n".join([*shapes(json.loads(said)), ""])
    GENERATED.parent.mkdir(exist_ok=True)
    if not GENERATED.exists() or GENERATED.read_text("utf-8") != text:
        GENERATED.write_text(text, "utf-8")


def shapes(document: Schema) -> Iterator[str]:
    """One interface of all shapes that have a name, and one of all methods."""
    yield "export interface Shapes {"
    for name, schema in document["components"]["schemas"].items():
        yield f"{json.dumps(name)}: {written(schema)};"
    yield "}\nexport interface Methods {"
    for path in document["paths"].values():
        for method in path.values():
            yield f"/** {sentence(method['summary'])} */"
            yield f"{json.dumps(method['operationId'])}: {{ ask: {asked(method)}; answer: {answered(method)} }};"
    yield "}"


def asked(method: Schema) -> str:
    """All that a method is asked with: in the path, in the query, in the body, and files."""
    pieces = []
    named = [each for each in method.get("parameters", []) if "name" in each]
    if named:
        members = {
            each["name"]: parameter_schema(each) | {"description": each.get("description", "")} for each in named
        }
        required = [each["name"] for each in named if each.get("required")]
        pieces.append(written({"type": "object", "properties": members, "required": required}))
    for kind, content in method.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        if kind == "multipart/form-data":
            files = dict(schema["properties"])
            pieces.append(written(files.pop("data", {"type": "object", "properties": {}})))
            schema = schema | {"properties": files}
        pieces.append(written(schema))
    return " & ".join(pieces) or "Record<string, never>"


def parameter_schema(parameter: Schema) -> Schema:
    """What a parameter may be; one that is nested travels as JSON."""
    return parameter["schema"] if "schema" in parameter else parameter["content"]["application/json"]["schema"]


def answered(method: Schema) -> str:
    """What it answers, at once or when somebody has confirmed."""
    contents = [answer.get("content", {}) for status, answer in method["responses"].items() if status.startswith("2")]
    return " | ".join(written(each["application/json"]["schema"]) for each in contents if each) or "unknown"


def written(schema: Schema) -> str:
    """A schema as a type."""
    if "$ref" in schema:
        return f"Shapes[{json.dumps(schema['$ref'].rpartition('/')[2])}]"
    if "enum" in schema:
        return " | ".join(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(written(each) for each in schema["anyOf"])
    match schema.get("type"):
        case "string":
            return "Blob" if schema.get("format") == "binary" else "string"
        case "array":
            return f"({written(schema.get('items', {}))})[]"
        case "object" if "properties" in schema:
            return members(schema)
        case "object":
            return f"Record<string, {written(schema.get('additionalProperties') or {})}>"
        case kind:
            return WORDS.get(kind or "", "unknown")


def members(schema: Schema) -> str:
    """The members of an object, each with its note."""
    required = schema.get("required", [])
    lines = [
        f"/** {sentence(each.get('description', ''))} */ {json.dumps(name)}{'' if name in required else '?'}: "
        f"{written(each)};"
        for name, each in schema["properties"].items()
    ]
    return "\n".join(["{", *lines, "}"])


def sentence(text: str) -> str:
    """Words that cannot end the comment they stand in."""
    return text.replace("*/", "* /")


if __name__ == "__main__":
    main()
