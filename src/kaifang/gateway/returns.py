"""The way back from the cashier: the merchant's own address, with what happened in its query."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from .forms import parse_urlencoded, write_urlencoded
from .malformed import Malformed


def return_fields(address: str, ours: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """The merchant's own parameters and ours, by name: receivers verify the whole query, so all of it is signed."""
    fields = dict(ours)
    for name, value in parse_urlencoded(urlsplit(address).query.encode()):
        if name in fields or name in (b"sign", b"sign_type"):
            known = name.decode("ascii", "backslashreplace")
            raise Malformed("return_url", f"already has a parameter {known}", "give that parameter another name")
        fields[name] = value
    return dict(sorted(fields.items()))


def return_address(address: str, fields: Mapping[bytes, bytes]) -> str:
    """Where the browser goes: the merchant's address, its query now these fields."""
    return urlunsplit(urlsplit(address)._replace(query=write_urlencoded(fields).decode()))
