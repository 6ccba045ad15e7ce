"""Every page that a letter leads to exists."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fastapi.routing import iter_route_contexts

import api.letters
from api.web.routes import router
from matchmaker.languages import WorkingLanguage

LETTERS = Path(api.letters.__file__).parent
DEFINED_IN, WRITTEN_BY = "asking.py", {"page", "page_address"}
"""Where addresses are put together of parts, and the calls that give the last one."""
ADDRESS_AT_LEAST = 10


def written_paths() -> Iterator[str]:
    """The paths that letters write, with `{}` for a number or a secret; a star where it is not written as text."""
    for path in sorted(LETTERS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.name != DEFINED_IN else ():
            if isinstance(node, ast.Call) and _name(node.func) in WRITTEN_BY:
                yield _text(node.args[-1])


def pages() -> list[str]:
    """Every page that can be read, in every language."""
    return [
        context.path or "" for context in iter_route_contexts(router.routes) if "GET" in (context.methods or ())
    ]  # fmt: skip


def test_every_path_of_a_letter_is_that_of_a_page() -> None:
    written, known = set(written_paths()), {re.sub(r"\{\w+\}", "{}", path) for path in pages()}
    assert len(written) >= ADDRESS_AT_LEAST
    assert {f"/{code}/{path}" for path in written for code in WorkingLanguage} - known == set()


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _text(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    if not isinstance(argument, ast.JoinedStr):
        return "*"
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in argument.values)
