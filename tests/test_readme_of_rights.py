"""The tables of rights and retention in the README say what the data says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from matchmaker.rights.deadlines import Counting, Deadlines, Law, load_deadlines
from matchmaker.rights.models import Right
from matchmaker.rights.purposes import Retention, load_retention

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RIGHTS = ROOT / "data" / "rights"
UNITS = {Counting.CALENDAR: "d", Counting.WORKING: "wd", Counting.MONTHS: "mo"}
MANY = 5  # countries that are counted and not named


def terms_of(deadlines: Deadlines) -> Iterator[str]:
    rights = [str(right) for right in Right]
    yield f"| country | law | {' | '.join(rights)} |"
    yield "|" + "---|" * (len(rights) + 2)
    for law in (*deadlines.laws, deadlines.house):
        yield f"| {place(law)} | {law.law or 'own rule'} | {' | '.join(term(law, right) for right in Right)} |"


def place(law: Law) -> str:
    named = ", ".join(law.countries) if len(law.countries) <= MANY else f"{len(law.countries)} of the EEA"
    until = f" until {law.until}" if law.until != date.max else ""
    since = f" from {law.since}" if law.since != date.min else ""
    return f"{named or 'elsewhere'}{since}{until}"


def term(law: Law, right: Right) -> str:
    found = law.terms.get(right)
    if found is None:
        return ""
    more = f" + {found.extension}" if found.extension else ""
    return f"{found.length}{more} {UNITS[found.counting]}"


def periods_of(retention: Retention) -> Iterator[str]:
    yield "| what | kept for | why |"
    yield "|---|---|---|"
    yield f"| who asked to be erased, blocked | {retention.erase_after_days} days | it can be undone |"
    for hold in retention.holds:
        yield f"| the same while there is an {hold.code.replace('_', ' ')} | at most {hold.days} days | {hold.why} |"
    for age in retention.tables:
        only = "".join(f", {value}" for value in age.only.values())
        yield f"| `{age.table}`{only}, after `{age.column}` | {age.days} days | {age.why} |"


def test_the_terms_of_the_readme_are_those_of_the_data() -> None:
    assert "\n".join(terms_of(load_deadlines(RIGHTS))) in README


def test_the_periods_of_the_readme_are_those_of_the_data() -> None:
    assert "\n".join(periods_of(load_retention(RIGHTS))) in README
