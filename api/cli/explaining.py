"""Matches in words: the same as the pages use."""

from dataclasses import dataclass
from html import unescape

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from api.cli.outlets import printable
from api.pages import environment
from api.saying import Say
from api.web.explained import explain, term_name
from api.web.lines import where_of
from api.web.pieces import MatchExplained, PrincipleAnswer, Quote
from matchmaker.matching.ranking import Ranked
from matchmaker.places.models import Located
from matchmaker.taxonomy.models import Concern, Taxonomy

WORDS = "words.html"  # the template that has the words for codes


@dataclass(frozen=True)
class Said:
    """The needs of a challenge in their language."""

    needs: tuple[str, ...]
    language: str


def in_words(say: Say, macro: str, value: object) -> str:
    """What the pages say for a code or a value: `strength`, `fact`, `place`, `part`."""
    module = environment(str(say.language)).get_template(WORDS).module
    return unescape(str(getattr(module, macro)(value))).strip()


def place_words(say: Say, row: Located) -> str:
    """Town, region, country; empty where unknown."""
    return in_words(say, "place", where_of(row))


def kind_words(say: Say, taxonomy: Taxonomy, kind: str) -> str:
    """The name of a kind of agent."""
    return term_name(taxonomy, Concern.KINDS, kind, str(say.language))


def strength_words(say: Say, ranked: Ranked) -> str:
    """Strength in a word and in points from 0 to 100."""
    return f"{in_words(say, 'strength', str(ranked.strength))} {ranked.points}"


def show_explained(console: Console, say: Say, title: str, ranked: Ranked, said: Said, taxonomy: Taxonomy) -> None:
    """One match under its title: each need with its sentence, principles, circumstances."""
    match = explain(ranked, said.needs, spoken=said.language, taxonomy=taxonomy, language=str(say.language))
    console.print()
    console.print(Text(printable(title), style="bold"))
    for line, style in _lines(say, match):
        console.print(Padding(Text(printable(line), style=style), (0, 0, 0, 2)))


def _lines(say: Say, match: MatchExplained) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for answer in match.answers:
        lines.append((f"{answer.number}. {answer.need}", ""))
        lines.append(_quoted(say, answer.quote) if answer.quote else (f"   {say('match.missing')}", "yellow"))
    lines += [line for principle in match.principles for line in _principle(say, principle)]
    facts = [in_words(say, "fact", fact) for fact in match.facts]
    if facts:
        lines.append((" · ".join(facts), "dim"))
    return lines


def _quoted(say: Say, quote: Quote) -> tuple[str, str]:
    return f"   “{quote.text}” ({quote.language}, {in_words(say, 'part', quote.part)})", "green"


def _principle(say: Say, principle: PrincipleAnswer) -> list[tuple[str, str]]:
    return [(f"◦ {principle.name}", ""), _quoted(say, principle.quote)] if principle.quote else []
