"""Addresses that applications name: where they are told things, and where browsers are sent back to."""

import re
from urllib.parse import SplitResult, unquote_plus, urlencode, urlsplit, urlunsplit

from kaifang.kernel import INVALID_PARAMETER, Address, Key, Shape, Who, Work, method

from .errors import APP_NOT_EXIST, REDIRECT_URI_NOT_MATCH
from .find import the_app

UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")  # what browsers read in other ways than we do
CLIMBING = re.compile(r"(^|/)(\.|%2e)(\.|%2e)?(/|$)", re.IGNORECASE)


def read_url(field: str, text: str) -> str:
    """A web address as it was given; what is none is refused. Nothing stands for no address."""
    if text and split_url(text) is None:
        raise INVALID_PARAMETER(field=field, reason="not a web address; write it as https://shop.example.com/path")
    return text


def split_url(text: str) -> SplitResult | None:
    """The parts of a web address that every browser reads as we do, or None."""
    if UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if sound and "@" not in parts.netloc else None


def leads_home(callback: str, uri: str) -> bool:
    """Whether a redirect_uri is the registered callback address or lies below it: else codes could be led astray."""
    home, wanted = split_url(callback), split_url(uri)
    if home is None or wanted is None or "#" in uri or CLIMBING.search(wanted.path):
        return False
    if (home.scheme, home.netloc.lower()) != (wanted.scheme, wanted.netloc.lower()):
        return False
    return wanted.path == home.path or wanted.path.startswith(home.path.rstrip("/") + "/")


def with_query(uri: str, fields: dict[str, str | None]) -> str:
    """The address with more members in its query; those without a value are left out.

    What it says under one of these names itself goes: whoever wrote the link must not put words into our mouth.
    """
    parts = urlsplit(uri)
    kept = [pair for pair in parts.query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in fields]
    more = urlencode({name: value for name, value in fields.items() if value is not None})
    return urlunsplit(parts._replace(query="&".join([*kept, more])))


class Check(Shape):
    app_id: Key  # which application
    redirect_uri: Address  # where a browser shall be sent


class Checked(Shape):
    redirect_uri: str  # the same


@method(
    "kaifang.openapp.redirect.check", raises=[APP_NOT_EXIST, REDIRECT_URI_NOT_MATCH], who=Who.INSIDE, reads=True
)  # fmt: skip
def check(work: Work, ask: Check) -> Checked:
    """Refuse to send a browser, and the code it carries, where the application has not said that it lives."""
    app = the_app(work, ask.app_id)
    if not leads_home(app.callback, ask.redirect_uri):
        raise REDIRECT_URI_NOT_MATCH(redirect_uri=ask.redirect_uri)
    return Checked(redirect_uri=ask.redirect_uri)
