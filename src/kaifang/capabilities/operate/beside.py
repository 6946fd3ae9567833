"""Questions over the whole journal or all notifications: answered in a thread of their own, so that nobody waits."""

from collections.abc import Callable
from typing import TypeVar, cast

from kaifang.kernel import Shape, Work
from kaifang.kernel.shape import encode

T = TypeVar("T")


def beside(work: Work, name: str, ask: Shape, find: Callable[[Work], T]) -> T:
    """What is found out beside the loop; who asks the same meanwhile waits for the same."""
    under_way, key = work.place.kept, f"operate.{name} {encode(ask).decode()}"
    if key not in under_way:
        under_way[key] = work.beside(find)
    future = under_way[key]
    try:
        found = work.awaited(future)
    finally:
        if future.done():
            under_way.pop(key, None)
    work.go_on()  # else it would be begun again for the next row that is missed
    return cast(T, found)
