"""The official gateway's codes: each is given here too, or it is said why there is no occasion for it."""

from __future__ import annotations

import pytest

import kaifang.capabilities
from kaifang.capabilities.openapp.file import LARGEST
from kaifang.gateway import codes, house
from kaifang.kernel import Fault
from kaifang.kernel.capability import discover
from kaifang.kernel.fault import kinds
from kaifang.kernel.method import methods

OFFICIAL = [
    "isp.unknow-error", "aop.unknow-error", "aop.ACQ.SYSTEM_ERROR", "aop.invalid-auth-token",
    "aop.auth-token-time-out", "aop.invalid-app-auth-token", "aop.invalid-app-auth-token-no-api",
    "aop.app-auth-token-time-out", "aop.no-product-reg-by-partner", "isv.missing-method", "isv.missing-signature",
    "isv.missing-signature-type", "isv.missing-signature-key", "isv.missing-app-id", "isv.missing-timestamp",
    "isv.missing-version", "isv.missing-app-cert-sn", "isv.missing-alipay-root-cert-sn",
    "isv.decryption-error-missing-encrypt-type", "isv.invalid-parameter", "isv.invalid-method", "isv.invalid-format",
    "isv.invalid-charset", "isv.invalid-timestamp", "isv.invalid-app-id", "isv.invalid-signature-type",
    "isv.invalid-signature", "isv.invalid-encrypt-type", "isv.invalid-encrypt",
    "isv.decryption-error-not-valid-encrypt-type", "isv.decryption-error-not-valid-encrypt-key", "isv.illegal-json",
    "isv.suspected-attack", "isv.forbidden-api", "isv.upload-fail", "isv.invalid-file-extension",
    "isv.invalid-file-size", "isv.code-invalid", "isv.app-cert-expired", "isv.app-cert-not-exist", "not-online-app",
    "invalid-openid", "isv.missing-signature-config", "invalid-auth-relations", "isv.decryption-error-unknown",
    "isv.app-call-limited", "isv.method-call-limited", "isv.insufficient-isv-permissions",
    "isv.insufficient-user-permissions", "isv.self-invoke-forbidden",
]  # fmt: skip


def test_each_official_code_is_given_or_it_is_said_why_not() -> None:
    discover(kaifang.capabilities)
    given = {kind.code for kind in kinds.values()}
    assert [code for code in OFFICIAL if (code in given) == (code in codes.NEVER)] == []
    assert set(codes.NEVER) <= set(OFFICIAL)


def test_a_file_that_its_field_does_not_take() -> None:
    discover(kaifang.capabilities)
    upload = methods["alipay.open.file.upload"]
    for content in (b"", bytes(LARGEST + 1)):
        with pytest.raises(Fault, match="isv.invalid-file-size"):
            house.read(upload, {"file_content": content, "biz_code": "x"})
    with pytest.raises(Fault, match="isv.invalid-parameter"):
        house.read(upload, {"file_content": b"x", "biz_code": []})
