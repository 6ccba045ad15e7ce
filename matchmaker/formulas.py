"""Cells that a spreadsheet would run as formulas, made harmless and undone. Pure."""

import re

GUARD = "'"
_RUNS_AS_A_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What OWASP's page on CSV injection lists, full-width signs included, behind any number of guards."""


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might run it (or would take off one that it has)."""
    return GUARD + text if _RUNS_AS_A_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith(GUARD) and _RUNS_AS_A_FORMULA.match(text) else text
