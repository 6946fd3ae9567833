"""YAML as its version 1.2 reads it: `on`, `no` and `09:30` are text, and nothing is a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml


class Plain(yaml.SafeLoader):
    """Knows null, true and false, whole numbers and decimals; everything else is text. No aliases."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: a few lines of them would unfold to gigabytes."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read; write it out")
        return super().compose_node(parent, index)


for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?[0-9]+\.[0-9]+", list("-+0123456789")),
):
    Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first)


def read_yaml(text: str) -> Any:
    """What a YAML document says; raises yaml.YAMLError, which names the line."""
    try:
        return yaml.load(text, Plain)
    except RecursionError:
        raise yaml.YAMLError("nested too deep") from None


def read_with_lines(text: str) -> tuple[Any, dict[str, int]]:
    """The same, with the line, from 1, on which each part begins: by its place, such as `rules[0].do[1].call`."""
    loader = Plain(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, {}
        return loader.construct_document(node), dict(_lines(node, ""))
    except RecursionError:
        raise yaml.YAMLError("nested too deep") from None
    finally:
        loader.dispose()


def _lines(node: yaml.Node, place: str) -> Iterator[tuple[str, int]]:
    """Every place within a node, and its line."""
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{place}.{key.value}".lstrip(".")
            yield from _lines(value, name)
            yield name, key.start_mark.line + 1  # where it is named, rather than where its value begins
    elif isinstance(node, yaml.SequenceNode):
        for number, part in enumerate(node.value):
            yield from _lines(part, f"{place}[{number}]")
