"""The authority: issues certificates to applications, and shows what clients verify the platform with."""

from . import method

__all__ = ["method"]
