"""The request log: what applications asked and were answered lately, for those who write them."""

from . import method
from .recorder import Recorder

__all__ = ["Recorder", "method"]
