"""The JSON schema of recipes, for editors: it follows from the shapes, and their notes are what an editor shows."""

import sys
from typing import Any

import msgspec

from kaifang.kernel import Shape, Work, method
from kaifang.kernel.shape import notes

from .language import Recipe


class Nothing(Shape):
    pass


class Schema(Shape):
    schema: dict[str, Any]  # JSON schema, 2020-12


@method("kaifang.recipe.schema", reads=True)
def schema(work: Work, ask: Nothing) -> Schema:
    """Get the JSON schema of recipes: an editor that knows it completes and checks them."""
    return Schema(schema=described())


def described() -> dict[str, Any]:
    """The schema, each member with its note."""
    found = msgspec.json.schema(Recipe)
    home = sys.modules[Recipe.__module__]
    for name, one in found["$defs"].items():
        kind = getattr(home, name)
        told = notes(kind)
        wire = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        for member, said in one["properties"].items():
            said["description"] = told[wire[member]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Kaifang recipe", **found}
