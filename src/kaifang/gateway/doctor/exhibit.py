"""What a kept call shows: its signature, the texts that the platform checks it against, and the mistakes to try."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kaifang.gateway.authorization import parse_authorization
from kaifang.gateway.malformed import Malformed

from . import v2_draft, v2_mistakes, v3_draft, v3_mistakes
from .difference import shown
from .keyring import Chart
from .masks import masked, tokens, tokens_in_query
from .search import Draft, Mistake

HASHES = {b"RSA2": "SHA256", b"RSA": "SHA1"}


class Exhibit(msgspec.Struct, frozen=True):
    """A signature and all that may be signed with it."""

    sign: bytes  # as it was sent
    hash: str  # that it must have been made with
    cert_sn: str
    bases: Sequence[Draft]  # what the platform accepts
    mistakes: Sequence[Mistake]
    lonely: Sequence[Mistake]
    secrets: Sequence[str]  # not to be shown
    codec: str = "utf-8"

    def shown(self, text: bytes) -> str:
        """A text as people may see it."""
        return masked(shown(text, self.codec), self.secrets)


def exhibit(chart: Chart) -> Exhibit:
    """The exhibit of a call to either door."""
    return of_v2(chart) if chart.case.sent.version == "v2" else of_v3(chart)


def of_v2(chart: Chart) -> Exhibit:
    """A signature among the fields."""
    sent, fields = chart.case.sent, tuple(v2_draft.read_fields(chart.case.sent))
    told = {field.name: field.value for field in fields}
    bases = v2_draft.bases(fields)
    return Exhibit(
        sign=told.get(b"sign", b""), hash=HASHES.get(told.get(b"sign_type", b""), ""),
        cert_sn=told.get(b"app_cert_sn", b"").decode("ascii", "replace"), bases=bases,
        mistakes=v2_mistakes.mistakes(sent, chart.secrets.get(chart.case.app)), lonely=v2_mistakes.LONELY,
        secrets=tokens(told.items()), codec=bases[0].codec,
    )  # fmt: skip


def of_v3(chart: Chart) -> Exhibit:
    """A signature in the Authorization header."""
    sent = chart.case.sent
    try:
        told = parse_authorization(sent.authorization)
        sign, cert_sn = told.sign, told.app_cert_sn
    except Malformed:
        sign, cert_sn = b"", ""
    token = [sent.token.decode("latin-1")] if sent.token else []
    return Exhibit(
        sign=sign, hash="SHA256", cert_sn=cert_sn, bases=v3_draft.bases(sent),
        mistakes=v3_mistakes.mistakes(sent, chart.secrets.get(chart.case.app)), lonely=v3_mistakes.LONELY,
        secrets=[*token, *tokens_in_query(sent.target.partition(b"?")[2])],
    )  # fmt: skip
