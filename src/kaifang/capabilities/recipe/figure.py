"""The figures that merchants watch."""

from kaifang.kernel import Moment, Shape, Work, method
from kaifang.kernel.clock import day

from .errors import INSTALLATION_NOT_EXIST, NOT_THE_MERCHANT
from .find import Which, content_of, installation
from .language import Words
from .tables import FigureRow


class Figures(Which):
    start: Moment | None = None  # from which day; from the first, if left out
    end: Moment | None = None  # to which day, that one included


class Day(Shape):
    day: str  # such as 20260921
    value: int  # a count, or fen


class Figure(Shape):
    figure: str  # its name
    says: Words  # what it counts
    kind: str  # count, or amount in fen
    total: int  # of the days below
    days: list[Day]  # the earliest first, those without anything left out


class Summed(Shape):
    figures: list[Figure]  # as the recipe names them


@method("kaifang.recipe.figures", reads=True, raises=[NOT_THE_MERCHANT, INSTALLATION_NOT_EXIST])
def figures(work: Work, ask: Figures) -> Summed:
    """See what a recipe brought you, by the day."""
    row = installation(work, ask.installation_id)
    first = day(ask.start.ms) if ask.start else ""
    last = day(ask.end.ms) if ask.end else "99991231"
    where = "installation = ? and day >= ? and day <= ?"
    kept = work.select(FigureRow, where, (row.id, first, last), "day")
    found = []
    for name, one in content_of(work, row).figures.items():
        days = [Day(day=each.day, value=each.value) for each in kept if each.figure == name]
        total = sum(each.value for each in days)
        found.append(Figure(figure=name, says=one.says, kind=one.kind, total=total, days=days))
    return Summed(figures=found)
