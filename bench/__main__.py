"""`python -m bench [SUITE] [OPTIONS]`: runs a suite, the first one unless another is named."""

import sys
from collections.abc import Callable, Sequence

from bench import claim, first_view, nearby, pay, pool, recipe, search, success

SUITES: dict[str, Callable[[Sequence[str]], int]] = {
    "pay": pay.main,
    "claim": claim.main,
    "recipe": recipe.main,
    "nearby": nearby.main,
    "pool": pool.main,
    "search": search.main,
    "success-page": success.main,
    "first-view": first_view.main,
}


def main() -> int:
    """Choose the suite and pass it the rest of the words."""
    words = sys.argv[1:]
    if words and not words[0].startswith("-"):
        if words[0] not in SUITES:
            sys.exit(f"There is no suite {words[0]}: choose one of {', '.join(SUITES)}")
        return SUITES[words[0]](words[1:])
    return next(iter(SUITES.values()))(words)


if __name__ == "__main__":
    sys.exit(main())
