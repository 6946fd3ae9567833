"""The documentation of this platform, derived from its code; and calls written as programs."""

from . import snippet
from .pages import open_pages

__all__ = ["open_pages", "snippet"]
