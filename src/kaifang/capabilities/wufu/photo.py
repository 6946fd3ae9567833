"""Whether a photo shows the character 福: read by a recogniser whose model ships in its wheel (`kaifang[wufu]`)."""

from __future__ import annotations

import functools
import importlib.util
import io
from typing import Any, Literal

FU = "福"
SIDE = 640  # pixels that a photo is made no larger than
MOST_PIXELS = 40_000_000  # what a photo may unfold to
TURNS = range(0, 360, 45)  # degrees by which a sheet may hang askew: a diamond, or upside down
PARTS = (0.62, 0.75)  # of a photo's side that its middle may be
READ, SURE = 0.9, 0.99  # how sure the recogniser must be of writing that it found, and of a middle that it was given
FORMATS = ("JPEG", "PNG", "WEBP")


def installed() -> bool:
    """Whether there is a recogniser here."""
    return importlib.util.find_spec("rapidocr") is not None


@functools.cache
def recogniser(what: Literal["writing", "glyph"]) -> Any:
    """One that finds writing, or one for glyphs, loaded when the first photo comes.

    Each is always asked in the same way: what it is asked for it keeps in itself, and threads share it.
    """
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


@functools.lru_cache(maxsize=256)
def shows(photo: bytes) -> str:
    """`fu` if a photo shows it, `other` if not, `unreadable` if it is no photo."""
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(photo), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS or min(picture.size) < 32:
            return "unreadable"
        picture.draft("RGB", (SIDE, SIDE))
        picture = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "unreadable"
    picture.thumbnail((SIDE, SIDE))
    return "fu" if found(picture) else "other"


def found(picture: Any) -> bool:
    """Look at the whole photo; if 福 is not read there for sure, at what its middle is at each turn.

    The turn at which the middle is surest decides: 幅 upright is surely 幅, however much it is like 福 turned by half.
    """
    if reads(picture):
        return True
    surest = max((middle(turned(picture, turn)) for turn in TURNS), key=lambda seen: seen[1])
    return surest[0] == FU and surest[1] >= SURE


def turned(picture: Any, degrees: int) -> Any:
    """A photo turned around its middle, with what lies behind it in the corners."""
    return picture.rotate(degrees, fillcolor=picture.getpixel((2, 2))) if degrees else picture


def reads(picture: Any) -> bool:
    """Whether 福 is among the writing of a photo for sure."""
    found = recogniser("writing")(pixels(picture))
    return any(FU in text and score >= READ for text, score in zip(found.txts or (), found.scores or (), strict=True))


def middle(picture: Any) -> tuple[str, float]:
    """What the middle of a photo is, and how sure that is; it must be the same seen a little closer."""
    texts, scores = zip(*(glyph(picture, part) for part in PARTS), strict=True)
    return (texts[0], min(scores)) if len(set(texts)) == 1 else ("", 0.0)


def glyph(picture: Any, part: float) -> tuple[str, float]:
    """What a part of a photo around its middle is, taken for one line of writing."""
    side = int(min(picture.size) * part)
    left, top = ((length - side) // 2 for length in picture.size)
    cut = picture.crop((left, top, left + side, top + side))
    found = recogniser("glyph")(pixels(cut), use_det=False, use_cls=False, use_rec=True)
    return (found.txts[0], float(found.scores[0])) if found.txts else ("", 0.0)


def pixels(picture: Any) -> Any:
    """A photo as the recogniser takes it: blue, green, red."""
    import numpy

    return numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])
