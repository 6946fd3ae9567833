"""The doctor: calls that fail verification are kept, and told what is wrong with them and what helps."""

from . import method
from .keeper import Keeper
from .page import open_pages

__all__ = ["Keeper", "method", "open_pages"]
