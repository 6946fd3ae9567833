"""How a card begins: with what the template says, and what the merchant tells."""

import calendar

import msgspec

from kaifang.kernel import DAY, FOREVER, INVALID_PARAMETER, Moment, Work
from kaifang.kernel.clock import local

from .errors import CARD_HAS_OPENED
from .numbers import read_points
from .parts import FrontText, MerchantCard
from .points import have_or_pay, set_stored
from .tables import CardRow, FormerRow, TemplateRow


class Start(msgspec.Struct):
    """What a card begins with."""

    external: str = ""
    level: str = ""
    points: int = 0  # hundredths
    stored: int = 0  # fen
    opened: int = 0  # milliseconds
    valid: int = FOREVER  # milliseconds
    front_image: str = ""
    front_text: list[FrontText] = []


MEMBERS = {
    "Balance": "balance", "Point": "point", "Level": "level", "OpenDate": "open_date", "ValidDate": "valid_date",
}  # fmt: skip


def read_start(template: TemplateRow, told: MerchantCard, now: int) -> Start:
    """What the rules of a template make of what the merchant told."""
    values = {name: getattr(told, member) for name, member in MEMBERS.items()}
    for rule in template.look.field_rule_list or []:
        if rule.rule_name == "CONST":
            values[rule.field_name] = rule.rule_value
        elif rule.rule_name == "DATE_IN_FUTURE":
            values[rule.field_name] = Moment(ahead(now, rule.rule_value))
        elif rule.rule_value in MEMBERS:
            values[rule.field_name] = getattr(told, MEMBERS[rule.rule_value])
    start = Start(
        external=told.external_card_no or "", level=values["Level"] or "",
        points=read_points(values["Point"] or "0", "card_ext_info.point"),
        stored=read_points(values["Balance"] or "0", "card_ext_info.balance"),
        opened=moment(values["OpenDate"], now), valid=moment(values["ValidDate"], FOREVER),
        front_image=told.front_image_id or "", front_text=told.front_text_list or [],
    )  # fmt: skip
    if start.valid <= now:
        raise INVALID_PARAMETER(field="card_ext_info.valid_date", reason="it is past")
    return start


def moment(value: str | Moment | None, otherwise: int) -> int:
    """A date of a rule or a request, in milliseconds."""
    if value is None:
        return otherwise
    return value.ms if isinstance(value, Moment) else Moment.parse(value).ms


def ahead(now: int, text: str) -> int:
    """So many days 10d, or months 10m, from now; of a shorter month the last day."""
    count = int(text[:-1])
    if text.endswith("d"):
        return now + count * DAY
    there = local(now)
    years, month = divmod(there.month - 1 + count, 12)
    year, month = there.year + years, month + 1
    days = calendar.monthrange(year, month)[1]
    return round(there.replace(year=year, month=month, day=min(there.day, days)).timestamp() * 1000)


def new_card(work: Work, template: TemplateRow, user: str, start: Start) -> CardRow:
    """A card of this person, unless there is one."""
    slot, number = f"{template.id}/{user}", new_number(work, template)
    external = start.external or number
    if work.find(CardRow, slot=slot) is not None or work.find(CardRow, outside=f"{template.id}/{external}") is not None:
        raise CARD_HAS_OPENED(template_id=template.id)
    row = CardRow(
        id=number, template=template.id, merchant=template.merchant, user=user, slot=slot, external=external,
        outside=f"{template.id}/{external}", level=start.level, opened=start.opened, valid=start.valid,
        front_image=start.front_image, front_text=start.front_text, created=work.now,
    )  # fmt: skip
    work.add(row)
    former = work.find(FormerRow, template=template.id, user=user)
    if former is not None and former.owed > 0:
        row.owed, former.owed = former.owed, 0
    have_or_pay(work, row, start.points, FOREVER, "point.begin", row.id)
    set_stored(work, row, start.stored, "stored.begin", row.id)
    if row.valid < FOREVER:
        work.later(row.valid, "membercard.expire", row.id)
    return row


def new_number(work: Work, template: TemplateRow) -> str:
    """A card's number that nobody has: the prefix, a running count, and two digits of which process gave it."""
    while True:
        number = work.new_id("10101")
        writer, count = int(number[13:16]), int(number[16:])
        found = f"{template.look.biz_no_prefix or ''}{count:0{template.digits - 2}d}{writer % 100:02d}"
        if work.find(CardRow, id=found) is None:
            return found
