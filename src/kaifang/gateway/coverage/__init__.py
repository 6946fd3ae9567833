"""What this platform has of the official one, and what is told of it by stories."""

from . import method

__all__ = ["method"]
