"""The gateway's own refusals, and how every refusal is coded in v2 and in v3. Source: protocol notes, 1.8 and 2.4."""

from __future__ import annotations

from kaifang.kernel import FaultKind, Sort, fault

LONGEST_URL = 256
A, C, P, T = Sort.ARGUMENT, Sort.CONDITION, Sort.PERMISSION, Sort.TOKEN

MISSING_METHOD = fault(
    "isv.missing-method", zh="缺少方法名参数，请传入 method", en="No method is named.", fix="Send method.", sort=A
)
INVALID_METHOD = fault(
    "isv.invalid-method", zh="不存在的方法名，请检查拼写", en="There is no such method.", fix="Check method.", sort=A
)
FORBIDDEN_API = fault(
    "isv.forbidden-api",
    zh="此接口在本平台尚未开放，请参阅接口覆盖页",
    en="This platform does not offer this method yet.",
    fix="See the coverage page for what is live.",
    sort=A,
)
SWITCHED_OFF = fault(
    "isv.forbidden-api",
    zh="此接口已被平台运营暂停，请稍后再试",
    en="The operators of this platform have switched this method off.",
    fix="Ask them, or try again later; kaifang.switch.list says what is off.",
    sort=A,
)
MISSING_APP_ID = fault("isv.missing-app-id", zh="缺少 app_id 参数", en="No app is named.", fix="Send app_id.", sort=A)
INVALID_APP_ID = fault(
    "isv.invalid-app-id", zh="无效的 app_id 参数，请检查", en="There is no such app.", fix="Check app_id.", sort=A
)
NOT_ONLINE_APP = fault(
    "not-online-app", zh="应用未上线，请先上线", en="The app is not online.", fix="Take it online.", sort=A
)
INVALID_CHARSET = fault(
    "isv.invalid-charset",
    zh="字符集错误，支持 utf-8、gbk、gb2312、gb18030",
    en="The charset is not known here.",
    fix="Use utf-8, gbk, gb2312 or gb18030.",
    sort=A,
)
INVALID_FORMAT = fault(
    "isv.invalid-format",
    zh="无效的数据格式，请使用 JSON",
    en="Only JSON is spoken here.",
    fix="Send format=JSON.",
    sort=A,
)
MISSING_VERSION = fault(
    "isv.missing-version", zh="缺少版本参数 version", en="No version is named.", fix="Send version=1.0.", sort=A
)
MISSING_ROOT_CERT = fault(
    "isv.missing-alipay-root-cert-sn",
    zh="缺少根证书序列号 alipay_root_cert_sn",
    en="app_cert_sn is sent without alipay_root_cert_sn.",
    fix="Send the number of this platform's root certificates with it.",
    sort=A,
)
MISSING_TIMESTAMP = fault(
    "isv.missing-timestamp", zh="缺少时间戳参数 timestamp", en="No timestamp.", fix="Send timestamp.", sort=A
)
INVALID_TIMESTAMP = fault(
    "isv.invalid-timestamp",
    zh="非法的时间戳参数，格式为 yyyy-MM-dd HH:mm:ss，且与服务器时间相差不超过允许范围",
    en="The timestamp is malformed or too far from the platform's time.",
    fix="Write yyyy-MM-dd HH:mm:ss (v3: milliseconds) and check the clock.",
    sort=A,
)
MISSING_SIGN_TYPE = fault(
    "isv.missing-signature-type",
    zh="缺少签名类型参数 sign_type",
    en="No sign_type.",
    fix="Send sign_type=RSA2.",
    sort=A,
)
INVALID_SIGN_TYPE = fault(
    "isv.invalid-signature-type",
    zh="无效的签名类型，支持 RSA2 与 RSA",
    en="This sign_type is not known here.",
    fix="Use RSA2 or RSA.",
    sort=A,
)
MISSING_SIGN = fault(
    "isv.missing-signature",
    zh="缺少签名参数 sign",
    en="The request is not signed.",
    fix="Sign it and send sign.",
    sort=A,
)
MISSING_KEY = fault(
    "isv.missing-signature-config",
    zh="应用未配置对应签名算法的公钥或者证书，请先上传",
    en="No public key or certificate is configured for this app.",
    fix="Upload the app's public key first.",
    sort=C,
)
INVALID_SIGN = fault(
    "isv.invalid-signature",
    zh="验签出错，请用跟踪号查看诊断（kaifang doctor）",
    en="The signature does not match the request.",
    fix="Ask the doctor with this trace: kaifang doctor TRACE.",
    sort=A,
)
SUSPECTED_ATTACK = fault(
    "isv.suspected-attack",
    zh="可疑的攻击请求：同名参数有不同的值",
    en="A parameter came twice with different values.",
    fix="Send each parameter once.",
    sort=A,
)
MISSING_APP_CERT = fault(
    "isv.missing-app-cert-sn",
    zh="缺少应用证书序列号 app_cert_sn，应用为证书模式",
    en="This app works with certificates, and app_cert_sn is missing.",
    fix="Send app_cert_sn and alipay_root_cert_sn.",
    sort=A,
)
NO_APP_CERT = fault(
    "isv.app-cert-not-exist",
    zh="应用证书不存在，请检查 app_cert_sn",
    en="No certificate of this app has this number.",
    fix="Use the certificate that the platform issued to this app.",
    sort=A,
)
EXPIRED_APP_CERT = fault(
    "isv.app-cert-expired",
    zh="应用证书已过期，请更换证书",
    en="This certificate of the app has expired.",
    fix="Have a new one issued, and sign with its key.",
    sort=A,
)
INVALID_ROOT_CERT = fault(
    "isv.invalid-alipay-root-cert-sn",
    zh="根证书序列号不正确，请使用本平台的根证书",
    en="alipay_root_cert_sn is not the number of this platform's root certificates.",
    fix="Use this platform's root certificate file.",
    sort=A,
)
CALL_LIMITED = fault(
    "isv.app-call-limited",
    zh="应用调用次数超限，请稍后再试",
    en="The app calls more often than it may.",
    fix="Wait a second and slow down.",
    sort=Sort.LIMIT,
)
BUSY = fault(
    "isp.service-busy",
    zh="系统繁忙，请稍后再试，本次请求未被执行",
    en="Too many requests are waiting; this one was not carried out.",
    fix="Try again in a moment.",
    sort=Sort.SYSTEM,
)
INVALID_ENCRYPT_TYPE = fault(
    "isv.decryption-error-not-valid-encrypt-type",
    zh="不支持的加密类型，请使用 AES",
    en="This encrypt_type is not known here.",
    fix="Use AES.",
    sort=A,
)
MISSING_ENCRYPT_TYPE = fault(
    "isv.decryption-error-missing-encrypt-type",
    zh="缺少加密类型参数 encrypt_type，而内容似已加密",
    en="The content looks encrypted, and no encrypt_type is sent.",
    fix="Send encrypt_type=AES (v3: the header alipay-encrypt-type), or the content in plain JSON.",
    sort=A,
)
NO_ENCRYPT_KEY = fault(
    "isv.decryption-error-not-valid-encrypt-key",
    zh="应用未设置 AES 密钥，请先设置",
    en="The app has no AES key.",
    fix="Set one first.",
    sort=A,
)
UNDECRYPTED = fault(
    "isv.decryption-error-unknown",
    zh="解密出错，请检查 AES 密钥与算法",
    en="The content does not decrypt with this app's AES key.",
    fix="Use AES-128-CBC, PKCS#7, an IV of zeros and this app's key.",
    sort=C,
)
INVALID_FILE_SIZE = fault(
    "isv.invalid-file-size",
    zh="文件为空或超过大小限制",
    en="The file is empty, or larger than this method takes.",
    fix="Send a smaller one.",
    sort=A,
)
BROKEN = fault(
    "aop.unknow-error",
    zh="网关出错，本次请求未被执行，请稍后再试",
    en="Something broke in the gateway; the request was not carried out.",
    fix="Try again; if it persists, quote the reference.",
    sort=Sort.SYSTEM,
)
INVALID_VERB = fault(
    "invalid-http-method",
    zh="HTTP 方法不正确",
    en="This path is asked with another verb.",
    fix="Use the verb named here.",
    sort=A,
)
REPLAYED = fault(
    "isv.suspected-attack",
    zh="重复的请求：nonce 已被使用",
    en="This nonce was used before.",
    fix="Use a fresh nonce for every request.",
    sort=A,
)
NARROW_SCOPE = fault(
    "isv.insufficient-user-permissions",
    zh="用户授权范围不足，请重新引导用户授权",
    en="The user did not consent to this.",
    fix="Ask for the scope auth_user.",
    sort=P,
)
INVALID_VERSION = fault(
    "isv.invalid-version",
    zh="版本参数无效，请使用 1.0",
    en="The version is malformed.",
    fix="Send version=1.0.",
    sort=A,
)
INVALID_URL = fault(
    "isv.invalid-parameter",
    zh="地址无效：须为不超过 256 个字符的 http 或 https 地址",
    en="The address is not an http(s) URL of at most 256 characters.",
    fix="Correct the field named here.",
    sort=A,
)
MISSING_NONCE = fault(
    "isv.missing-nonce", zh="缺少 nonce", en="The Authorization header has no nonce.", fix="Send a fresh one.", sort=A
)
ILLEGAL_FORM = fault(
    "isv.invalid-parameter",
    zh="请求无法解析",
    en="The request cannot be read.",
    fix="Write it as the protocol says.",
    sort=A,
)

NEVER = {  # official codes that are not given here, and why
    "aop.ACQ.SYSTEM_ERROR": "whether a payment was made is known when it is answered; a failure is isp.unknow-error",
    "aop.no-product-reg-by-partner": "products are not subscribed to: whoever has an app may call what is open to it",
    "isv.missing-signature-key": "an app without a key is refused as isv.missing-signature-config",
    "isv.invalid-encrypt-type": "an unknown one is refused as isv.decryption-error-not-valid-encrypt-type",
    "isv.invalid-encrypt": "what does not decrypt is refused as isv.decryption-error-unknown",
    "isv.upload-fail": "a file is kept when the answer is given; a failure is isp.unknow-error",
    "isv.invalid-file-extension": "the method that takes a file looks at its content, and refuses it by its own code",
    "invalid-openid": "a name that stands for nobody is refused by the code that the method has for nobody",
    "invalid-auth-relations": "a token without its authorisation is refused as aop.invalid-app-auth-token",
    "isv.method-call-limited": "calls are limited by app, whichever methods they name",
    "isv.self-invoke-forbidden": "a service provider's app may also act for its own party",
}

V2 = {
    Sort.BUSINESS: ("40004", "Business Failed"),
    Sort.ARGUMENT: ("40002", "Invalid Arguments"),
    Sort.PERMISSION: ("40006", "Insufficient Permissions"),
    Sort.TOKEN: ("20001", "Insufficient Token Permissions"),
    Sort.LIMIT: ("40005", "Call Limited"),
    Sort.CONDITION: ("40003", "Insufficient Conditions"),
    Sort.SYSTEM: ("20000", "Service Currently Unavailable"),
}
MISSING = ("40001", "Missing Required Arguments")
V3 = {Sort.PERMISSION: 401, Sort.TOKEN: 401, Sort.LIMIT: 429, Sort.SYSTEM: 500}
UNVERIFIED = (  # refusals that the doctor explains
    INVALID_SIGN, MISSING_SIGN, MISSING_SIGN_TYPE, INVALID_SIGN_TYPE, INVALID_CHARSET, SUSPECTED_ATTACK, MISSING_KEY,
    NO_APP_CERT, EXPIRED_APP_CERT, MISSING_APP_CERT, INVALID_ROOT_CERT, MISSING_ROOT_CERT,
    INVALID_TIMESTAMP, MISSING_TIMESTAMP, UNDECRYPTED, ILLEGAL_FORM,
    MISSING_NONCE, MISSING_APP_ID, INVALID_APP_ID,
)  # fmt: skip
MESSAGES = {"10000": "Success", "10003": "order success pay inprocess"}


def v2_code(kind: FaultKind) -> tuple[str, str]:
    """The code and message of the family a refusal belongs to."""
    return MISSING if kind.sort is Sort.ARGUMENT and "missing-" in kind.code else V2[kind.sort]


def v3_status(kind: FaultKind) -> int:
    """The HTTP status of a refusal."""
    if kind is BUSY:
        return 503  # nothing was done, and soon it can be
    return V3.get(kind.sort, 404 if kind in (INVALID_METHOD, FORBIDDEN_API, SWITCHED_OFF) else 400)


def v3_code(kind: FaultKind) -> str:
    """The same code as in v2, without the prefix that says where it comes from."""
    return kind.code.removeprefix("isv.").removeprefix("aop.").removeprefix("isp.")


def language(accept: bytes | None) -> str:
    """Chinese, unless the caller asks for English."""
    return "en" if accept is not None and accept.lower().startswith(b"en") else "zh"


def checked_url(field: str, url: str | None) -> str | None:
    """An address in a request, if it can be one; nothing for none."""
    if not url:
        return None
    if len(url) > LONGEST_URL or not url.startswith(("http://", "https://")) or not url.isprintable() or " " in url:
        raise INVALID_URL(field=field)
    return url
