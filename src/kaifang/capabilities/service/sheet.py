"""Reading service_xml: attributes with values, and rules that stand beside them."""

from xml.etree import ElementTree

from kaifang.kernel import Shape, Work

from .errors import (
    ATTR_MISS_ID,
    ATTR_MISS_TYPE,
    ATTR_RULE_CHECK_ERROR,
    ATTR_TYPE_ERROR,
    ATTR_VALUE_ERROR,
    SERVICE_APPID_NOT_IN_URL,
    SERVICE_URL_ERROR,
    XML_FORMAT_ERROR,
)

TYPES = ("single", "multi", "complex", "multiComplex")
FAULTS = [
    XML_FORMAT_ERROR, ATTR_MISS_ID, ATTR_MISS_TYPE, ATTR_TYPE_ERROR, ATTR_VALUE_ERROR, ATTR_RULE_CHECK_ERROR,
    SERVICE_URL_ERROR, SERVICE_APPID_NOT_IN_URL,
]  # fmt: skip


class Sheet(Shape):
    """What of it counts here."""

    name: str
    url: str
    about: str
    words: str
    logo: str


def read_sheet(work: Work, text: str) -> Sheet:
    """What a service is, out of its XML."""
    values = {one: found for element in attributes(text) for one, found in [read_attribute(element)]}
    name, url = first(values, "serviceName"), first(values, "serviceUrl")
    for field, value in (("serviceName", name), ("serviceUrl", url)):
        if not value:
            raise ATTR_VALUE_ERROR(id=field)
    if not url.startswith("alipays://"):
        raise SERVICE_URL_ERROR(serviceUrl=url)
    if f"appId={work.caller.auth_app}" not in url:
        raise SERVICE_APPID_NOT_IN_URL(serviceUrl=url)
    return Sheet(
        name=name, url=url, about=first(values, "serviceDesc"), words=",".join(values.get("keyWords", [])),
        logo=first(values, "serviceLogo"),
    )  # fmt: skip


def first(values: dict[str, list[str]], name: str) -> str:
    """The one value of an attribute, if it has one."""
    found = values.get(name)
    return found[0] if found else ""


def attributes(text: str) -> list[ElementTree.Element]:
    """The attribute elements below the root."""
    if "<!" in text.replace("<![CDATA[", "").replace("<!--", ""):
        raise XML_FORMAT_ERROR(reason="declarations are not read")
    try:
        return ElementTree.fromstring(text).findall("attribute")
    except ElementTree.ParseError as problem:
        raise XML_FORMAT_ERROR(reason=str(problem)) from None


def read_attribute(element: ElementTree.Element) -> tuple[str, list[str]]:
    """The id and the values of an attribute, held against its rules."""
    name, kind = element.get("id"), element.get("type")
    if not name:
        raise ATTR_MISS_ID()
    if not kind:
        raise ATTR_MISS_TYPE(id=name)
    if kind not in TYPES:
        raise ATTR_TYPE_ERROR(id=name, type=kind)
    found = [element.find("value")] if kind == "single" else element.findall("values/value")
    values = [one.text.strip() for one in found if one is not None and one.text and one.text.strip()]
    for rule in element.findall("rules/rule"):
        check(name, values, rule.get("type", ""), rule.get("value", ""))
    return name, values


def check(name: str, values: list[str], rule: str, most: str) -> None:
    """Hold values against a rule; patterns are for people's eyes, and not run here."""
    if rule == "required" and most == "true" and not values:
        raise ATTR_VALUE_ERROR(id=name)
    if not most.isascii() or not most.isdigit():
        return
    broken = {
        "maxLength": any(len(value) > int(most) for value in values),
        "minLength": any(len(value) < int(most) for value in values),
        "maxSize": len(values) > int(most),
        "minSize": len(values) < int(most),
    }
    if broken.get(rule):
        raise ATTR_RULE_CHECK_ERROR(id=name, rule=rule, value=most)
