"""Secrets are compared in a time that does not tell where they differ: with `==` only what is no secret."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CALLED_SECRET = re.compile(r"digest|secret(?!ariat)|token|nonce|signature|password|cookie")  # names in small letters
LOOKED_UP = {"where", "exists"}
"""Calls whose arguments are compared by the database: it looks for digests of random secrets in an index."""
NO_SECRETS = {
    "known.import_digest == digest",  # of a row of a file
    "preview.digest != digest",  # of a list that was shown to who sends it back
    "entry.digest != digest_of(entry, previous=previous)",  # of the audit log, against itself
    "needs_digest(lines) == form.suggested",  # of lines in a form
    "request.browser_digest == ''",  # whether there is one at all
    "error.code == 'token_not_valid'",  # the name of an error
}


def compared(tree: ast.AST) -> Iterator[str]:
    """Comparisons for equality of anything called like a secret, but for those that a database makes."""
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and tree.func.attr in LOOKED_UP:
        return
    if isinstance(tree, ast.Compare) and any(isinstance(each, ast.Eq | ast.NotEq) for each in tree.ops):
        said = ast.unparse(tree)
        if CALLED_SECRET.search(said):
            yield said
    for child in ast.iter_child_nodes(tree):
        yield from compared(child)


def test_no_secret_is_compared_with_an_operator() -> None:
    files = [path for package in ("matchmaker", "api") for path in (ROOT / package).rglob("*.py")]
    found = {said for path in files for said in compared(ast.parse(path.read_text(encoding="utf-8")))}
    assert found == NO_SECRETS


def test_a_comparison_of_secrets_with_an_operator_is_noticed() -> None:
    fault = "def holds(row, sent):\n    return row.session_secret == sent"
    assert list(compared(ast.parse(fault))) == ["row.session_secret == sent"]
