"""Every key that a signature may have been made with: the app's, its earlier ones, its neighbours', the platform's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from kaifang.gateway.encryption import load_key
from kaifang.gateway.keys import load_public_key
from kaifang.gateway.malformed import Malformed
from kaifang.kernel import Fault, Work

from .cases import Case, used_keys

NEIGHBOURS = 100  # apps of the same owner, and again of others


class Known(msgspec.Struct, frozen=True):
    """A key and whose it is."""

    text: str  # X.509, base64
    whose: str  # checked, app, certificate, replaced, neighbour, platform or stranger
    name: str = ""  # of the app or certificate

    @property
    def key(self) -> RSAPublicKey:
        """The key itself."""
        return load_public_key(self.text)


class Chart(msgspec.Struct, frozen=True):
    """All that is known of a case."""

    case: Case
    keys: tuple[Known, ...]
    certificates: dict[str, str]  # serial name -> PEM, of those issued to the app
    others: dict[str, str]  # serial name -> app, of the owner's other apps
    secrets: dict[str, bytes]  # app -> AES key, of the owner's apps


def read_chart(work: Work, case: Case) -> Chart:
    """Gather what is needed to explain a case."""
    own = credentials(work, case.app) if case.app else None
    neighbours = list(apps_of(work, own.party)) if own else []
    found = list(keys(work, case, own, neighbours))
    first = {known.text: known for known in reversed(found)}  # of several names for a key the first is kept
    return Chart(
        case=case,
        keys=tuple(known for known in found if first[known.text] is known and usable(known)),
        certificates={sn: certificate(work, case.app, sn) for sn in own.certs} if own else {},
        others={sn: app.app_id for app in neighbours for sn in app.certs if app.app_id != case.app},
        secrets={app.app_id: load_key(app.aes_key) for app in neighbours if app.aes_key},
    )


def credentials(work: Work, app: str) -> Any:
    """What an app signs with, or None if it is gone."""
    try:
        return work.ask("kaifang.openapp.credentials", app_id=app)
    except Fault:
        return None


def apps_of(work: Work, party: str) -> Iterator[Any]:
    """The credentials of all apps of an owner."""
    for app in work.ask("kaifang.openapp.app.list", party=party, page_size=NEIGHBOURS).apps:
        yield credentials(work, app.app_id)


def keys(work: Work, case: Case, own: Any, neighbours: list[Any]) -> Iterator[Known]:
    """The keys worth trying, likeliest first."""
    sent = case.sent
    yield Known(sent.key, "checked")
    if own:
        yield Known(own.public_key, "app")
        yield from [Known(text, "certificate", sn) for sn, text in own.certs.items()]
        yield from [Known(used.public_key, "replaced") for used in used_keys(work, case.app)]
    yield Known(sent.platform_key, "platform")
    for app in neighbours:
        yield Known(app.public_key, "neighbour", app.app_id)
        yield from [Known(text, "neighbour", app.app_id) for text in app.certs.values()]
    strangers = work.ask("kaifang.openapp.app.list", page_size=NEIGHBOURS).apps
    yield from [Known(app.public_key, "stranger") for app in strangers]


def usable(known: Known) -> bool:
    """Whether this is a key at all."""
    try:
        return bool(known.text and known.key)
    except Malformed:
        return False


def certificate(work: Work, app: str, sn: str) -> str:
    """A certificate issued to an app, PEM."""
    return str(work.ask("kaifang.openapp.cert.query", app_id=app, sn=sn).pem)
