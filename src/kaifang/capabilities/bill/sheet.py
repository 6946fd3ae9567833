"""Bill files byte by byte, as receivers' programs have parsed them for years: GBK, CRLF, dashes, TABs."""

import io
import re
import zipfile
from collections.abc import Iterable

from kaifang.kernel import Money, Shape
from kaifang.kernel.clock import local

LINE = "\r\n"
# What would begin another value or line, or a quoted piece of text.
UNCERTAIN = str.maketrans({",": "，", '"': "＂"} | dict.fromkeys(map(chr, (*range(32), 127, 133, 8232, 8233)), " "))
FORMULA = re.compile(r"(?![+-]\d+(\.\d+)?$)[=@+-]")  # what a spreadsheet would calculate; a number it only reads
WIDE = str.maketrans("=@+-", "＝＠＋－")


class Heading(Shape):
    """What every bill file says of itself."""

    owner: str  # user id
    start: int  # milliseconds
    end: int  # milliseconds
    made: int  # milliseconds
    smid: str = ""  # of which secondary merchant alone


class Layout(Shape):
    """How one kind of bill file looks."""

    title: str  # such as 支付宝业务明细查询
    list_name: str  # such as 业务明细列表
    columns: str  # by comma
    dashes_at_end: tuple[int, int] = (41, 36)  # before and after the name of the list's end


def sheet(layout: Layout, heading: Heading, rows: Iterable[list[object]], foot: list[str]) -> bytes:
    """The bytes of a bill file."""
    before, after = layout.dashes_at_end
    lines = [
        f"#{layout.title}",
        f"#账号：[{account_no(heading.owner)}]",
        f"#起始日期：[{in_chinese(heading.start)}]   终止日期：[{in_chinese(heading.end)}]",
        f"#{'-' * 41}{layout.list_name}{'-' * 40}",
        layout.columns,
        *(",".join(f"{cell(value)}\t" for value in row) for row in rows),
        f"#{'-' * before}{layout.list_name}结束{'-' * after}",
        *foot,
        f"#导出时间：[{in_chinese(heading.made)}]",
    ]
    return "".join(line + LINE for line in lines).encode("gbk", "replace")


def cell(value: object) -> str:
    """A value as it stands in its cell and nowhere else, whatever somebody wrote into a title."""
    text = str(value).translate(UNCERTAIN)
    return text[0].translate(WIDE) + text[1:] if FORMULA.match(text) else text


def account_no(owner: str) -> str:
    """The number of a party's account: its user id and four digits."""
    return f"{owner}0156"


def in_chinese(ms: int) -> str:
    """`2026年01月31日 08:00:00`, Beijing time."""
    return local(ms).strftime("%Y年%m月%d日 %H:%M:%S")


def sums(name: str, amounts: list[Money]) -> str:
    """`#收入合计：2笔，共10.00元`."""
    return f"#{name}：{len(amounts)}笔，共{sum(amounts, Money(0))}元"


class NamedInGbk(zipfile.ZipInfo):
    """A file in an archive whose name is written in GBK and not marked as UTF-8: so the receivers' programs want it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def archive(files: dict[str, bytes], made: int) -> bytes:
    """The bytes of a ZIP file; the same files give the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            info = NamedInGbk(name, local(made).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, content)
    return held.getvalue()
