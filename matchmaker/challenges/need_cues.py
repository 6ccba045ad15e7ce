"""Cues of needs, compiled per language from the tables in `need_words_*`.

A line of a table is a regular expression over folded text (lower case, no accents); it matches whole words. Lines come
from grammar and from reading calls of cities, not from counting words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from matchmaker.challenges import need_words_english, need_words_portuguese, need_words_spanish

_PLAIN = ("asks", "others", "gaps", "wants", "methods", "lacks", "boasts", "links", "breaks", "parts")
_TABLES: Mapping[str, Mapping[str, str]] = {
    "es": need_words_spanish.WORDS,
    "pt": need_words_portuguese.WORDS,
    "en": need_words_english.WORDS,
}


@dataclass(frozen=True)
class Cues:
    """The cues of one language.

    asks: what is needed follows. others: the same, said of somebody, so that after another cue it belongs to a relative
    clause. gaps: what is needed follows, unless it is the reason for something asked later. wants: what is needed is
    the clause around. methods: a question without its mark. lacks: something is not there, which is a need only where
    nothing is asked for. boasts: introduces a list of what there is. tails: a comma with a reason or a condition.
    links: opens a clause. breaks: ends the clause before. fillers: stands beside a cue and says nothing. joins: fillers
    and links before a cue. parts: what an item that stands alone begins with. pair: "and" before an article.
    extra: "and also".
    """

    asks: re.Pattern[str]
    others: re.Pattern[str]
    gaps: re.Pattern[str]
    wants: re.Pattern[str]
    methods: re.Pattern[str]
    lacks: re.Pattern[str]
    boasts: re.Pattern[str]
    tails: re.Pattern[str]
    links: re.Pattern[str]
    breaks: re.Pattern[str]
    fillers: re.Pattern[str]
    joins: re.Pattern[str]
    parts: re.Pattern[str]
    pair: re.Pattern[str]
    extra: re.Pattern[str]


@cache
def cues_of(language: str) -> Cues | None:
    """The cues of a language, none for a language without tables."""
    table = _TABLES.get(language)
    if table is None:
        return None
    words = {name: "|".join(line.strip() for line in lines.strip().splitlines()) for name, lines in table.items()}
    plain = {name: re.compile(rf"(?<!\w)(?:{words[name]})(?!\w)") for name in _PLAIN}
    beside = rf"{words['fillers']}|{words['links']}|{words['breaks']}"
    conjunction = rf"\s*,?\s+(?:{words['conjunction']})\b"
    return Cues(
        **plain,
        tails=re.compile(rf",\s*(?:{words['tails']})\b|\s(?:{words['reasons']})\b"),
        fillers=re.compile(rf"(?:[\s,:]*\b(?:{words['fillers']})\b(?=[\s,:]))*[\s,:]*"),
        joins=re.compile(rf"(?:[\s,]+(?:{beside}))*[\s,]*$"),
        pair=re.compile(rf"{conjunction}\s+(?=(?:{words['articles']})\b)"),
        extra=re.compile(rf"{conjunction},?\s+(?:{words['extras']})\b(?=[\s,])(?! (?:{words['refusals']})\b)"),
    )
