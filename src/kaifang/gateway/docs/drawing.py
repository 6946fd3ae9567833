"""A machine drawn: states in layers from the top down, arrows between them, as SVG that takes the page's colours."""

from __future__ import annotations

from html import escape

from kaifang.kernel.machine import Machine

NODE_HEIGHT, LETTER, LABEL_LETTER = 34, 7.9, 6.4  # pixels; of a letter in a state and on an arrow
ACROSS, ROW, MARGIN, LANE = 26, 22, 14, 26  # between states; of a row of labels; around all; between arrows back
Edge = tuple[str, str]
Point = tuple[float, float]


class Drawing:
    """Where everything goes."""

    def __init__(self, machine: type[Machine]) -> None:
        self.machine = machine
        self.edges: dict[Edge, list[str]] = {}
        for move in machine.moves.values():
            for before in move.before:
                for after in move.after:
                    self.edges.setdefault((before.name, after.name), []).append(move.name)
        self.layer = layers(list(machine.states), self.edges, machine.begin.name)
        self.down = {edge: names for edge, names in self.edges.items() if self.layer[edge[1]] > self.layer[edge[0]]}
        self.back = {edge: names for edge, names in self.edges.items() if edge not in self.down}
        self.rows = self._rows()
        self.x: dict[str, float] = {}
        self.y: dict[int, float] = {}
        self._place()

    def _rows(self) -> list[list[str]]:
        """The states of each layer, and a stand-in for each arrow that passes through it, near whence they come."""
        rows: list[list[str]] = [[] for _ in range(max(self.layer.values()) + 1)]
        for name, layer in self.layer.items():
            rows[layer].append(name)
        for before, after in self.down:
            for layer in range(self.layer[before] + 1, self.layer[after]):
                rows[layer].append(passing(before, after, layer))
        for layer in range(1, len(rows)):
            above = {name: place / max(1, len(rows[layer - 1]) - 1) for place, name in enumerate(rows[layer - 1])}
            rows[layer].sort(key=lambda name, above=above: self._pull(name, above))  # type: ignore[misc]
        return rows

    def _pull(self, name: str, above: dict[str, float]) -> float:
        """How far to the right it wants to stand."""
        pulls = [
            above[path[at]] for path in map(self.path, self.down) for at, one in enumerate(path[1:]) if one == name
        ]
        return sum(pulls) / len(pulls) if pulls else 0.5

    def path(self, edge: Edge) -> list[str]:
        """The names that an arrow down goes by."""
        before, after = edge
        between = range(self.layer[before] + 1, self.layer[after])
        return [before, *(passing(before, after, layer) for layer in between), after]

    def _place(self) -> None:
        widths = [sum(map(self.width, row)) + ACROSS * (len(row) - 1) for row in self.rows]
        self.across = max(widths)
        for row, width in zip(self.rows, widths, strict=True):
            left = MARGIN + (self.across - width) / 2
            for name in row:
                self.x[name] = left + self.width(name) / 2
                left += self.width(name) + ACROSS
        self.labels: list[tuple[Point, str]] = []
        y = float(MARGIN)
        for layer in range(len(self.rows)):
            self.y[layer] = y
            y += NODE_HEIGHT + self._gap(layer)
        self.bottom = self.y[len(self.rows) - 1] + NODE_HEIGHT

    def _gap(self, layer: int) -> float:
        """The room below a layer, so high that no two labels in it touch."""
        steps = [
            (self.x[path[at]], self.x[path[at + 1]], ", ".join(names))
            for (before, after), names in self.down.items()
            for path in [self.path((before, after))]
            for at in [layer - self.layer[before]]
            if at == 0
        ]
        for rows in range(1, len(steps) + 2):
            gap = ROW * (rows + 1) + 10
            if (found := spread(steps, rows)) is not None:
                break
        self.labels += [((x, self.y[layer] + NODE_HEIGHT + gap * down), text) for x, down, text in found or ()]
        return gap

    def width(self, name: str) -> float:
        """How wide a state is drawn; what only passes is a line."""
        return len(name) * LETTER + 24 if name in self.layer else 4

    def svg(self) -> str:
        """The picture."""
        back, lanes = self._backwards()
        width, height = self.across + 2 * MARGIN + lanes, self.bottom + MARGIN
        title = escape(f"{self.machine.__name__}: {(self.machine.__doc__ or '').strip()}")
        parts = [
            f'<svg class="machine" role="img" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" aria-label="{title}">',
            *(self._downwards(edge) for edge in self.down), *back,
            *(label(point, text) for point, text in self.labels), *map(self._state, self.layer), "</svg>",
        ]  # fmt: skip
        return "".join(parts)

    def _downwards(self, edge: Edge) -> str:
        names = self.path(edge)
        points = [(self.x[name], self.y[self.layer[edge[0]] + at]) for at, name in enumerate(names)]
        text = f"M{points[0][0]:.1f} {points[0][1] + NODE_HEIGHT:.1f}"
        for number, ((x, y), (to_x, to_y)) in enumerate(zip(points, points[1:], strict=False)):
            last = number == len(points) - 2
            start, end = y + NODE_HEIGHT, to_y - (6 if last else 0)
            middle = (start + end) / 2
            text += f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {end:.1f}"
            text += "" if last else f"V{to_y + NODE_HEIGHT:.1f}"
        return f'<path class="arrow" d="{text}"/>' + head(points[-1][0], points[-1][1], 0, 1)

    def _backwards(self) -> tuple[list[str], float]:
        """The arrows that lead up, or stay: by the right side, each in its own lane; and how much room they take."""
        parts, lane = list[str](), self.across + 2 * MARGIN + 4
        for edge, names in sorted(self.back.items(), key=lambda item: self.layer[item[0][0]] - self.layer[item[0][1]]):
            text, points = ", ".join(names), [*self._leaving(edge, lane), *self._coming(edge, lane)]
            parts.append(f'<path class="arrow" d="{rounded(points)}"/>')
            (x, y), (before, above) = points[-1], points[-2]
            parts.append(head(x, y, -1, 0) if above == y else head(x, y, 0, 1))
            middle = (points[-3][1] + above) / 2 if before == lane else (points[-4][1] + points[-3][1]) / 2
            half = len(text) * LABEL_LETTER / 2
            self.labels.append(((lane + half + 5, middle), text))
            lane += 2 * half + LANE
        return parts, lane - self.across - 2 * MARGIN if parts else 0

    def _leaving(self, edge: Edge, lane: float) -> list[Point]:
        """From a state to a lane: to the right if nothing stands there, else below all that does."""
        x, y, width = self.x[edge[0]], self.y[self.layer[edge[0]]], self.width(edge[0])
        down = y + NODE_HEIGHT * (0.75 if edge[0] == edge[1] else 0.6)
        if self._is_last(edge[0]):
            return [(x + width / 2, down), (lane, down)]
        below = y + NODE_HEIGHT
        return [(x + width / 4, below), (x + width / 4, below + 10), (lane, below + 10)]

    def _coming(self, edge: Edge, lane: float) -> list[Point]:
        """From a lane to a state, the same way."""
        x, y, width = self.x[edge[1]], self.y[self.layer[edge[1]]], self.width(edge[1])
        down = y + NODE_HEIGHT * (0.25 if edge[0] == edge[1] else 0.4)
        if self._is_last(edge[1]):
            return [(lane, down), (x + width / 2, down)]
        return [(lane, y - 14), (x + width / 4, y - 14), (x + width / 4, y)]

    def _is_last(self, name: str) -> bool:
        """Whether nothing stands to the right of a state."""
        return self.rows[self.layer[name]][-1] == name

    def _state(self, name: str) -> str:
        state, x, y, width = self.machine.states[name], self.x[name], self.y[self.layer[name]], self.width(name)
        kind = " begins" if state.start else " ends" if state.final else ""
        return (
            f'<g class="state{kind}"><rect x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" '
            f'height="{NODE_HEIGHT}" rx="8"/><text x="{x:.1f}" y="{y + 22:.1f}">{escape(name)}</text></g>'
        )


def layers(names: list[str], edges: dict[Edge, list[str]], begin: str) -> dict[str, int]:
    """How far down each state stands: one below the lowest that leads to it, arrows in a circle left aside."""
    after = {name: [end for start, end in edges if start == name] for name in names}
    order, found = list[str](), dict[str, int]()

    def visit(name: str, on_the_way: tuple[str, ...]) -> None:
        for end in after[name]:
            if end not in on_the_way and end not in order and end != name:
                visit(end, (*on_the_way, end))
        if name not in order:
            order.append(name)

    visit(begin, (begin,))
    order.reverse()
    for name in order:
        earlier = order[: order.index(name)]
        found[name] = max((found[start] + 1 for start, end in edges if end == name and start in earlier), default=0)
    return {name: found[name] for name in names}


def passing(before: str, after: str, layer: int) -> str:
    """A name for an arrow where it goes through a layer."""
    return f"{before}>{after}@{layer}"


def spread(steps: list[tuple[float, float, str]], rows: int) -> list[tuple[float, float, str]] | None:
    """Where on arrows (from x, to x, name) their names stand in so many rows: x, how far down; None if they touch."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    found: list[tuple[float, float, str]] = []
    for start, end, text in sorted(steps, key=lambda step: step[0] + step[1]):
        half = len(text) * LABEL_LETTER / 2 + 3
        for row in reversed(range(rows)):
            at = (row + 1) / (rows + 1)
            bent = 3 * at**2 - 2 * at**3
            x = start + (end - start) * bent
            if all(x + half < left or x - half > right for left, right in taken[row]):
                taken[row].append((x - half, x + half))
                found.append((x, bent, text))
                break
        else:
            return None
    return found


def rounded(points: list[Point]) -> str:
    """A way along these points, upright and level, its corners round."""
    text = "M{:.1f} {:.1f}".format(*points[0])
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        near = min(8.0, distance(before, here) / 2, distance(here, after) / 2)
        text += "L{:.1f} {:.1f}".format(*towards(here, before, near))
        text += "Q{:.1f} {:.1f} {:.1f} {:.1f}".format(*here, *towards(here, after, near))
    return text + "L{:.1f} {:.1f}".format(*points[-1])


def distance(one: Point, other: Point) -> float:
    """Between two points, one of which is beside or below the other."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def towards(start: Point, end: Point, far: float) -> Point:
    """The point so far from one on the way to another."""
    part = far / (distance(start, end) or 1)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def label(point: Point, text: str) -> str:
    """The names of moves, on their arrow."""
    return f'<text class="move" x="{point[0]:.1f}" y="{point[1] + 4:.1f}">{escape(text)}</text>'


def head(x: float, y: float, right: int, down: int) -> str:
    """The head of an arrow that ends here, pointing right (1), left (-1) or down."""
    if down:
        return f'<path class="head" d="M{x - 4:.1f} {y - 8:.1f}H{x + 4:.1f}L{x:.1f} {y:.1f}Z"/>'
    return f'<path class="head" d="M{x - 8 * right:.1f} {y - 4:.1f}V{y + 4:.1f}L{x:.1f} {y:.1f}Z"/>'
