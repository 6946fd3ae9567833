"""Photos of 福 in a dozen faces and five poses, and of much that is not 福: what a scan takes for what."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .photo import FU, shows

ROOTS = [Path(name) for name in os.environ.get("KAIFANG_TEST_FONTS", "/usr/share/fonts").split(os.pathsep)]
PRINTED = ("NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc", "uming.ttc", "cwfs.ttf", "cwyen.ttf")
WRITTEN = ("ukai.ttc", "cwkai.ttf", "LXGWWenKai-Bold.ttf", "KleeOne-SemiBold.ttf", "kiloji_b.ttf")  # as with a pen
BRUSHED = ("aoyagi-soseki.ttf", "kouzan-mouhitsu.ttf")
RED, GOLD, WALL = "#b8141c", "#e8c060", (200, 195, 185)
POSES = [("white", "black", 0), (RED, "black", 8), (RED, GOLD, -15), (RED, GOLD, 45), (RED, "black", 180)]
OTHERS = "幅副富逼祸祝神礼稿春"  # some differ from 福 by a stroke or two
SIDE = 520


@pytest.fixture(scope="module")
def faces() -> list[Path]:
    """The files of the faces that photos are made with."""
    wanted = (*PRINTED, *WRITTEN, *BRUSHED)
    there = {path.name: path for root in ROOTS for path in root.rglob("*.tt[cf]")}
    missing = sorted(set(wanted) - set(there))
    if missing:
        cure = (
            "apt-get install fonts-noto-cjk fonts-arphic-ukai fonts-arphic-uming fonts-cwtex-kai fonts-cwtex-fs "
            "fonts-cwtex-yen fonts-lxgw-wenkai fonts-klee fonts-kiloji fonts-aoyagi-soseki fonts-kouzan-mouhitsu"
        )
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{', '.join(missing)} are missing: {cure}")
    return [there[name] for name in wanted]


def photo(text: str, face: Path, pose: tuple[str, str, int], seed: int) -> bytes:
    """A photo of a sheet of paper on a wall: askew, a little out of focus, noisy, and lit from one side."""
    chance = numpy.random.default_rng(seed)
    paper, ink, angle = pose
    sheet = Image.new("RGBA", (340, 340), paper)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(face), 260 if len(text) == 1 else 90)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    draw.text((170 - (left + right) / 2, 170 - (top + bottom) / 2), text, font=font, fill=ink)
    sheet = sheet.rotate(angle + chance.uniform(-3, 3), expand=True, resample=Image.Resampling.BICUBIC)
    wall = Image.new("RGB", (SIDE, SIDE), WALL)
    off = [(SIDE - length) // 2 + int(chance.integers(-12, 13)) for length in sheet.size]
    wall.paste(sheet, (off[0], off[1]), sheet)
    lean = (1, chance.uniform(-0.05, 0.05), 0, chance.uniform(-0.05, 0.05), 1, 0, *chance.uniform(-2e-4, 2e-4, 2))
    wall = wall.transform(wall.size, Image.Transform.PERSPECTIVE, lean, Image.Resampling.BICUBIC, fillcolor=WALL)
    wall = wall.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.2)))
    light = numpy.linspace(chance.uniform(0.75, 1), chance.uniform(0.85, 1.1), SIDE)[None, :, None]
    lit = numpy.asarray(wall, dtype=numpy.float32) * light + chance.normal(0, 7, (SIDE, SIDE, 1))
    kept = io.BytesIO()
    Image.fromarray(numpy.clip(lit, 0, 255).astype(numpy.uint8)).save(kept, "JPEG", quality=80)
    return kept.getvalue()


def test_at_least_nine_of_ten_photos_of_fu_are_taken_for_it(faces: list[Path]) -> None:
    """60 photos: twelve faces, printed, written and brushed, on white and red, also as a diamond and head down."""
    sheets = [(face, pose) for face in faces for pose in POSES]
    taken = [shows(photo(FU, face, pose, seed)) for seed, (face, pose) in enumerate(sheets)]
    right = taken.count("fu")
    wrong = [f"{face.stem} {pose}" for (face, pose), seen in zip(sheets, taken, strict=True) if seen != "fu"]
    assert len(taken) == 60
    assert right >= 54, f"{right} of 60; not {wrong}"


def others(faces: list[Path]) -> Iterator[tuple[str, bytes]]:
    """40 photos that are not of 福."""
    for number in range(30):
        text, face, pose = OTHERS[number % 10], faces[number % len(faces)], POSES[number % len(POSES)]
        yield f"{text} {face.stem} {pose}", photo(text, face, pose, 1000 + number)
    for number, text in enumerate(("开方", "恭喜发财", "HAPPY", "2026", "衣一口田", "幅员", "辐射", "匐匍", " ")):
        yield text, photo(text, faces[number % 5], POSES[number % 3], 2000 + number)
    noise = numpy.random.default_rng(1).integers(0, 256, (SIDE, SIDE, 3), dtype=numpy.uint8)
    kept = io.BytesIO()
    Image.fromarray(noise).save(kept, "PNG")
    yield "noise", kept.getvalue()


def test_nothing_else_is_taken_for_fu(faces: list[Path]) -> None:
    """40 photos of other characters, some of which differ by a stroke or two, of words, of nothing."""
    seen = {name: shows(content) for name, content in others(faces)}
    assert len(seen) == 40
    assert set(seen.values()) == {"other"}, [name for name, what in seen.items() if what != "other"]


@pytest.mark.parametrize(
    "content", [b"", b"photo", b"\x89PNG\r\n\x1a\n" + b"0" * 100, b"\xff\xd8\xff\xe0" + b"0" * 100]
)
def test_what_is_no_photo_is_unreadable(content: bytes) -> None:
    assert shows(content) == "unreadable"


@pytest.mark.parametrize("size", [(8, 8), (20_000, 20_000)])
def test_what_is_too_small_or_unfolds_too_far_is_unreadable(size: tuple[int, int]) -> None:
    kept: Any = io.BytesIO()
    Image.new("1", size).save(kept, "PNG")
    assert shows(kept.getvalue()) == "unreadable"
