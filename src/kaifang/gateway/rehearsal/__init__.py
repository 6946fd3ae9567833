"""Rehearsals: a recipe is played against a twin of the platform, in a process that has only so much time."""

from . import method

__all__ = ["method"]
