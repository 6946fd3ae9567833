"""What is printed for people: tables and colours that fit the terminal, and do without one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

READABLE = 24  # letters that the last column of a table has at least
WIDE = 160  # letters a line where nobody looks on: a file or a program does not wrap


def console() -> Console:
    """Where to print: in colours on a terminal only (and not with NO_COLOR), as wide as it is."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, soft_wrap=not sys.stdout.isatty())


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> Table:
    """A table without much ink; the last column takes what room is left."""
    made = Table(title=title or None, box=None, pad_edge=False, header_style="bold", title_justify="left")
    for name in columns[:-1]:
        made.add_column(name, no_wrap=True, overflow="ellipsis")
    made.add_column(columns[-1], overflow="fold", min_width=READABLE)
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], empty: str) -> None:
    """Print a table, or what to do where there is nothing."""
    if rows:
        console().print(table(columns, rows))
    else:
        print(empty)


@contextlib.contextmanager
def busy(doing: str, shown: bool = True) -> Iterator[None]:
    """Say on a terminal that something takes its time; programs are told nothing."""
    if shown and sys.stderr.isatty():
        with Console(stderr=True).status(doing):
            yield
    else:
        yield
