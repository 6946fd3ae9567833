"""Receipts on paper: a PDF of a few facts and a list of movements."""

import io
from collections.abc import Iterator

from kaifang.kernel import Shape

FONT = "STSong-Light"  # one of the Chinese fonts that every PDF reader has, so that none is embedded
WIDTH, HEIGHT, MARGIN, STEP = 595, 842, 56, 18
LINES = (HEIGHT - 2 * MARGIN) // STEP - 4  # on a page, below its title


class Paper(Shape):
    """What a receipt says."""

    title: str  # what it proves
    facts: list[tuple[str, str]]  # names and what they are
    columns: list[tuple[str, int]] = []  # of the list: the name of each, and how far to the right it begins
    rows: list[list[str]] = []  # the list


def pdf(paper: Paper) -> bytes:
    """The bytes of a PDF; the same paper gives the same bytes."""
    # Imported here, as it takes longer than the whole platform to start and few ask for receipts.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setTitle(paper.title)
    lines = list(written(paper))
    for first in range(0, len(lines), LINES):
        canvas.setFont(FONT, 16)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - MARGIN, paper.title)
        canvas.setFont(FONT, 9)
        for number, line in enumerate(lines[first : first + LINES]):
            for text, right in line:
                canvas.drawString(MARGIN + right, HEIGHT - MARGIN - (number + 3) * STEP, text)
        canvas.drawCentredString(WIDTH / 2, MARGIN / 2, f"{first // LINES + 1} / {-(-len(lines) // LINES)}")
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def written(paper: Paper) -> Iterator[list[tuple[str, int]]]:
    """The lines, as pieces of text and how far to the right each begins."""
    for name, fact in paper.facts:
        yield [(f"{name}：", 0), (fact, 100)]
    if paper.columns:
        yield []
        yield paper.columns
    for row in paper.rows:
        yield [(text, right) for text, (_, right) in zip(row, paper.columns, strict=True)]
