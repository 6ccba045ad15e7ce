"""How several workers share the suite: a module each in turn, the long ones first, and what is built once stays in one.

Each worker starts its own PostgreSQL, and has folders and ports of its own.
"""

import os
from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling

LONG = ("tests/api/permissions/", "tests/api/test_hidden_members.py", "tests/indexer/", "tests/api/test_workers.py")
"""What takes a minute or so: begun last, it would leave the other workers without work."""
WALKED = ("tests/api/permissions/test_table.py", "tests/api/permissions/test_words.py")
"""Modules that look at the same answers, which are asked for once."""
MATRIX = "tests/pages/test_axe.py"
"""A module of a few long tests, each of which goes to whoever is free."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class OneModuleEach(LoadScopeScheduling):
    """Hands out a module at a time; modules that share what they look at go together."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module == MATRIX:
            return nodeid
        return WALKED[0] if module in WALKED else module


def long_ones_first(items: list[pytest.Item]) -> None:
    """Order tests for several workers, and otherwise as they are."""
    items.sort(key=lambda item: _place(item.nodeid, LONG))


def leave_cores_to_others() -> None:
    """A worker calculates in one thread: there is a worker for each core."""
    os.environ.update(dict.fromkeys(THREADS, "1"))


def _place(nodeid: str, first: Sequence[str]) -> int:
    return next((number for number, start in enumerate(first) if nodeid.startswith(start)), len(first))
