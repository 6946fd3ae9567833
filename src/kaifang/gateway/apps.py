"""The apps as the gateway needs them at every call: parsed keys, limits, remembered until they change."""

from __future__ import annotations

import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from kaifang.kernel import FOREVER, Fault
from kaifang.kernel.front import Front
from kaifang.kernel.platform import Platform

from . import codes
from .encryption import load_key
from .keys import load_public_key


class App:
    """One app's credentials."""

    __slots__ = ("id", "party", "role", "state", "key", "certs", "ends", "cert_mode", "aes", "open_ids", "rate",
                 "sign_type", "message_style", "tokens", "filled_at")  # fmt: skip

    def __init__(self, found: Any, now: float) -> None:
        self.id, self.party, self.role, self.state = found.app_id, found.party, found.role, found.state
        self.key: RSAPublicKey | None = load_public_key(found.public_key) if found.public_key else None
        self.certs: dict[str, RSAPublicKey] = {sn: load_public_key(key) for sn, key in found.certs.items()}
        self.ends: dict[str, int] = found.certs_until
        self.cert_mode, self.open_ids, self.sign_type = found.cert_mode, found.open_ids, found.sign_type
        self.message_style: str = found.message_style
        self.aes: bytes | None = load_key(found.aes_key) if found.aes_key else None
        self.rate: int = found.rate or 0
        self.filled_at = now
        self.tokens = float(self.rate)

    def signing_key(self, cert_sn: str, now: int) -> RSAPublicKey:
        """What this app's signature is verified with: the key of the certificate it names, or its own."""
        if cert_sn:
            if cert_sn not in self.certs:
                raise codes.NO_APP_CERT(app_cert_sn=cert_sn[:64])
            if self.ends.get(cert_sn, FOREVER) <= now:
                raise codes.EXPIRED_APP_CERT(app_cert_sn=cert_sn)
            return self.certs[cert_sn]
        if self.key is None:
            raise codes.MISSING_APP_CERT() if self.cert_mode else codes.MISSING_KEY()
        return self.key

    def spend(self, now: float) -> bool:
        """Take one call from the app's allowance, which fills up at `rate` calls a second; False if there is none."""
        if not self.rate:
            return True
        self.tokens = min(float(self.rate), self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Apps:
    """Finds apps by number."""

    def __init__(self, platform: Platform | Front) -> None:
        self.platform, self.known, self.allowances = platform, dict[str, App](), dict[str, App]()
        platform.listeners["app.change"] = self.forget

    def forget(self, app_id: str) -> None:
        """Something of this app has changed, or, without a number, of any."""
        for known in [app_id] if app_id else list(self.known):
            if (app := self.known.pop(known, None)) is not None:
                self.allowances[known] = app

    def find(self, app_id: str) -> App | None:
        """The app with this number, or None."""
        app = self.known.get(app_id)
        if app is None:
            try:
                found = self.platform.read(lambda work: work.ask("kaifang.openapp.credentials", app_id=app_id))
            except Fault:
                return None
            app = self.known[app_id] = App(found, time.monotonic())
            if (before := self.allowances.pop(app_id, None)) is not None:
                app.tokens, app.filled_at = before.tokens, before.filled_at
        return app
