"""Refusals whose reason stands in the request itself: fields that are missing, malformed, or of somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable

from kaifang.gateway.authorization import parse_authorization
from kaifang.gateway.malformed import Malformed
from kaifang.gateway.v2 import WRITTEN
from kaifang.kernel.clock import HOUR, MINUTE, written

from .certificates import sn_examined
from .cipher import content_examined
from .findings import Finding
from .keyring import Chart
from .masks import TOKENS, readable
from .v2_draft import decoded, read_fields

# alipay_root_cert_sn of the official production root file, which is no secret: every certificate-mode client sends it.
OFFICIAL_ROOT = "687b59193f3f462dd5336e5abf83c5d8_02941eef3187dddf3d3b83462e1dfcf6"
OTHER_ALGORITHMS = re.compile("hmac|md5|sm2|sm3|ecdsa|dsa|ed25519|ps256|pss", re.IGNORECASE)

Examine = Callable[[Chart], list[Finding]]


def field(chart: Chart, name: str) -> str:
    """A field of a v2 request, as it may be shown."""
    value = next((one.value for one in read_fields(chart.case.sent) if one.name == name.encode()), b"")
    return readable(value.decode("utf-8", "replace"))


def only(code: str, *names: str) -> Examine:
    """An examination that always finds the same, with some fields of the request as facts."""
    return lambda chart: [Finding(code, facts={name: field(chart, name) for name in names})]


def other(chart: Chart) -> list[Finding]:
    """A refusal that says everything itself."""
    return [Finding("refused", facts={"code": chart.case.code, **chart.case.facts})]


def sign_type(chart: Chart) -> list[Finding]:
    """A sign_type that is not known here."""
    sent = field(chart, "sign_type")
    code = "algorithm-unknown" if OTHER_ALGORITHMS.search(sent) else "sign-type-unknown"
    return [Finding(code, facts={"sent": sent})]


def charset(chart: Chart) -> list[Finding]:
    """A charset that is not known here, or that the content is not in."""
    sent = field(chart, "charset")
    code = "content-not-in-charset" if chart.case.facts.get("field") == "biz_content" else "charset-unknown"
    return [Finding(code, facts={"sent": sent})]


def twice(chart: Chart) -> list[Finding]:
    """A field that came twice, saying different things."""
    name, sent = chart.case.facts.get("field", ""), chart.case.sent
    pairs = (pair.partition(b"=") for pair in (sent.target.partition(b"?")[2] + b"&" + sent.body).split(b"&"))
    said = [decoded(raw).decode("utf-8", "replace") for key, _, raw in pairs if decoded(key) == name.encode()]
    facts = {"field": name}
    if name.encode() not in TOKENS and len(said) > 1:
        facts |= {"first": readable(said[0]), "second": readable(next((one for one in said if one != said[0]), ""))}
    return [Finding("field-twice", facts=facts)]


def root_sn(chart: Chart) -> list[Finding]:
    """A number of root certificates that is not this platform's."""
    sent, case = field(chart, "alipay_root_cert_sn"), chart.case
    facts = {"sent": sent, "expected": case.sent.root_sn}
    if sent == OFFICIAL_ROOT:
        return [Finding("root-sn-official", facts=facts)]
    if sent in (case.sent.platform_sn, field(chart, "app_cert_sn")):
        return [Finding("root-sn-of-leaf", facts=facts)]
    return [Finding("root-sn-other", facts=facts)]


def timestamp(chart: Chart) -> list[Finding]:
    """A time that cannot be read, or that is too far away."""
    sent = chart.case.sent
    text = field(chart, "timestamp") if sent.version == "v2" else member(chart, "timestamp")
    facts = {"sent": text}
    if sent.version == "v2":
        if not WRITTEN.fullmatch(text.encode()):
            return [Finding("timestamp-is-number" if text.isdecimal() else "timestamp-format", facts=facts)]
        return [Finding("clock-wrong", facts={**facts, "ours": written(chart.case.at)})]
    if not text.isdecimal():
        return [Finding("timestamp-is-text", facts=facts)]
    if len(text) == 10:
        return [Finding("timestamp-in-seconds", facts=facts)]
    if len(text) != 13:
        return [Finding("timestamp-unit", facts=facts)]
    return [clock(int(text), chart)]


def clock(sent: int, chart: Chart) -> Finding:
    """A clock that is wrong, by so much."""
    ours = min((chart.case.at, chart.case.sent.wall), key=lambda now: abs(sent - now))
    off = sent - ours
    hours = round(off / HOUR)
    zone = 1 <= abs(hours) <= 14 and abs(off - hours * HOUR) < 2 * MINUTE
    facts = {"sent": written(sent), "ours": written(ours), "seconds": f"{off // 1000:+d}", "hours": f"{hours:+d}"}
    return Finding("clock-zone" if zone else "clock-wrong", facts=facts)


def member(chart: Chart, name: str) -> str:
    """A member of the Authorization header, as it may be shown."""
    try:
        return readable(str(getattr(parse_authorization(chart.case.sent.authorization), name)))
    except Malformed:
        return ""


def no_timestamp(chart: Chart) -> list[Finding]:
    """No time, or no Authorization header at all."""
    sent = chart.case.sent
    if sent.version == "v3" and not sent.authorization:
        return [Finding("authorization-not-sent")]
    return spaced(chart) or [Finding("timestamp-not-sent")]


def no_nonce(chart: Chart) -> list[Finding]:
    """No nonce in the header, or one that is not found behind a blank."""
    return spaced(chart) or [Finding("nonce-not-sent")]


def spaced(chart: Chart) -> list[Finding]:
    """Blanks between the header's members, which make other names of them."""
    return [Finding("authorization-blanks")] if b", " in chart.case.sent.authorization else []


def no_sign(chart: Chart) -> list[Finding]:
    """No signature; a client that cannot read its private key sends none either."""
    found = spaced(chart) if b" sign=" in chart.case.sent.authorization else []
    return found or [Finding("sign-not-sent", "certain")]


def app_id(chart: Chart) -> list[Finding]:
    """A number that no app has."""
    sent = chart.case.facts.get("app_id", "")
    if sent[:1] in ("'", '"'):
        return [Finding("authorization-quoted", facts={"sent": sent})]
    if sent.startswith("2088"):
        return [Finding("app-id-is-merchant", facts={"sent": sent})]
    return [Finding("app-unknown", facts={"sent": sent})]


def unreadable(chart: Chart) -> list[Finding]:
    """A request that is not written as the protocol says."""
    facts, sent = chart.case.facts, chart.case.sent
    if facts.get("field") == "authorization":
        scheme = "scheme" in facts.get("reason", "")
        told = readable(sent.authorization.partition(b" ")[0].decode("latin-1")[:40])
        return [Finding("authorization-scheme", facts={"sent": told}) if scheme
                else Finding("authorization-unreadable", facts=facts)]  # fmt: skip
    if facts.get("field") == "content-type" and "json" in sent.content_type.lower():
        return [Finding("json-instead-of-form")]
    return [Finding("unreadable", facts=facts)]


REFUSALS: dict[str, Examine] = {
    "isv.missing-signature": no_sign,
    "isv.missing-signature-type": only("sign-type-not-sent"),
    "isv.invalid-signature-type": sign_type,
    "isv.invalid-charset": charset,
    "isv.suspected-attack": twice,
    "isv.missing-signature-config": only("no-key-uploaded"),
    "isv.missing-app-cert-sn": only("cert-sn-not-sent"),
    "isv.app-cert-not-exist": sn_examined,
    "isv.invalid-alipay-root-cert-sn": root_sn,
    "isv.invalid-timestamp": timestamp,
    "isv.missing-timestamp": no_timestamp,
    "isv.missing-nonce": no_nonce,
    "isv.missing-app-id": only("app-id-not-sent"),
    "isv.invalid-app-id": app_id,
    "isv.decryption-error-unknown": content_examined,
    "isv.invalid-parameter": unreadable,
}
