"""Pictures that people brought, drawn afresh before anybody sees them: nothing travels on but what is to be seen."""

from __future__ import annotations

import asyncio
import io
from functools import lru_cache

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
MOST_PIXELS = 40_000_000  # what a picture may unfold to
SIDE = 2048  # pixels that one is shown no larger than
KEPT = 8  # pictures whose drawing is remembered: browsers keep them for a day
DRAWING = asyncio.Semaphore(2)  # at once: each takes as much memory as it has pixels


async def redrawn(content: bytes) -> tuple[bytes, bytes] | None:
    """A picture drawn afresh, and its media type; None for what is no picture. It takes a while, beside the loop."""
    async with DRAWING:
        return await asyncio.to_thread(draw_again, content)


@lru_cache(maxsize=KEPT)
def draw_again(content: bytes) -> tuple[bytes, bytes] | None:
    """Upright, of a sensible size, and without what else was in the file: places, names, scripts."""
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            return None
        photo = picture.format == "JPEG"
        picture.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(picture).convert("RGB" if photo else "RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((SIDE, SIDE))
    drawn = io.BytesIO()
    fresh = Image.frombytes(upright.mode, upright.size, upright.tobytes())  # its pixels, and not what it says of them
    fresh.save(drawn, "JPEG" if photo else "PNG", quality=88)
    return drawn.getvalue(), b"image/jpeg" if photo else b"image/png"
