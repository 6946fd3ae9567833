"""The way back from the cashier: the merchant's own address, with what happened in its query."""

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from .forms import parse_urlencoded, write_urlencoded
from .malformed import Malformed

RESERVED = (b"method", b"sign", b"sign_type")


def check_return(address: str) -> None:
    """Refuse, before anything is paid, an address whose query could not be told from ours or be verified whole."""
    try:
        query = urlsplit(address).query
    except ValueError:
        raise Malformed("return_url", "is not a web address", "write it as https://shop.example.com/path") from None
    names = [name for name, _ in parse_urlencoded(query.encode())]
    for name in names:
        if name in RESERVED or names.count(name) > 1:
            known = name.decode("ascii", "backslashreplace")
            raise Malformed("return_url", f"already has a parameter {known}", "give that parameter another name")


def return_fields(address: str, ours: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """The merchant's own parameters and ours, by name: receivers verify the whole query, so all of it is signed.

    Where a name is the merchant's and ours, ours stands: by now it is paid, and the browser has to get back.
    """
    return dict(sorted((dict(parse_urlencoded(urlsplit(address).query.encode())) | dict(ours)).items()))


def return_address(address: str, fields: Mapping[bytes, bytes]) -> str:
    """Where the browser goes: the merchant's address, its query now these fields."""
    return urlunsplit(urlsplit(address)._replace(query=write_urlencoded(fields).decode()))
