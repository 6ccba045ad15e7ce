"""The clauses of one sentence that say what is lacking or asked for. Pure.

Spans are pairs of positions in the sentence: first character and the one after the last.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise, zip_longest

from matchmaker.challenges.need_cues import Cues
from matchmaker.challenges.need_parts import FEWEST_SEGMENTS_OF_A_LIST, Span, after_fillers, is_worth_a_need, parts_of

CLAUSE_REACH = 60  # characters that a subject with its adverbs takes before the verb
_EDGES = " \t\r\n.,;:·•*–—-\"'“”«»()¡"
_CLAUSE_STARTS = re.compile(r"[:(—–]|,(?!\d)")
_SEGMENTS = re.compile(r";")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class _Kind(IntEnum):
    """Which table a cue stands in; from WANT on the need is the clause around the cue and not what follows it."""

    ASK = 0
    OTHER = 1
    GAP = 2
    WANT = 3
    METHOD = 4


@dataclass(frozen=True)
class _Announcement:
    """A cue in a sentence."""

    start: int
    end: int
    kind: _Kind


def folded(text: str) -> str:
    """Lower case without accents, character by character, so that positions stay the same."""
    return "".join(unicodedata.normalize("NFD", character)[0].lower()[:1] for character in text)


def asks(sentence: str, cues: Cues) -> bool:
    """Whether a folded sentence asks for something; a mere lack is no question."""
    return any(_announcements(sentence, span, cues) for span in _segments(sentence))


def needs_in(sentence: str, cues: Cues) -> list[Span]:
    """Where a folded sentence says what is needed, in order; what is lacking counts only where nothing is asked for."""
    if sentence.rstrip(' "”»').endswith("?"):
        return [(0, len(sentence))]
    segments = _segments(sentence)
    groups = [list(_asked(sentence, segment, cues)) for segment in segments]
    if len(groups) >= FEWEST_SEGMENTS_OF_A_LIST and groups[0] and not any(groups[1:]):
        groups[1:] = [[(after_fillers(sentence, *segment, cues), segment[1])] for segment in segments[1:]]
    asked = [span for group in groups for span in group]
    found = asked or [span for segment in segments for span in _lacking(sentence, segment, cues)]
    return [span for span in (trimmed(sentence, span) for span in found) if is_worth_a_need(sentence[slice(*span)])]


def trimmed(text: str, span: Span) -> Span:
    """The span without the spaces and marks at its edges."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES and not _closes(text, start, end):
        end -= 1
    return start, end


def _closes(text: str, start: int, end: int) -> bool:
    return text[end - 1] == ")" and "(" in text[start:end]


def _segments(sentence: str) -> list[Span]:
    cuts = [-1, *(match.start() for match in _SEGMENTS.finditer(sentence)), len(sentence)]
    return [(one + 1, other) for one, other in pairwise(cuts)]


def _announcements(sentence: str, segment: Span, cues: Cues) -> list[_Announcement]:
    """Cues in order, without overlap."""
    found = [
        _Announcement(*match.span(), kind)
        for kind, pattern in (
            (_Kind.ASK, cues.asks),
            (_Kind.OTHER, cues.others),
            (_Kind.GAP, cues.gaps),
            (_Kind.WANT, cues.wants),
            (_Kind.METHOD, cues.methods),
        )
        for match in pattern.finditer(sentence, *segment)
    ]
    found = [one for one in found if _announces(sentence, segment, one)]
    kept: list[_Announcement] = []
    for one in sorted(found, key=lambda one: (one.start, one.kind)):
        is_first = not kept or bool(_CLAUSE_STARTS.search(sentence[kept[-1].end : one.start]))
        if (not kept or one.start >= kept[-1].end) and (is_first or one.kind is not _Kind.OTHER):
            kept.append(one)
    return [one for one, after in zip_longest(kept, kept[1:]) if after is None or one.kind is not _Kind.GAP]


def _announces(sentence: str, segment: Span, one: _Announcement) -> bool:
    """A question word opens its clause; what others need is named after the verb."""
    if one.kind is _Kind.METHOD:
        return sentence[segment[0] : one.start].rstrip()[-1:] in {"", ":", ",", "¿"}
    return one.kind is not _Kind.OTHER or is_worth_a_need(sentence[one.end : segment[1]])


def _asked(sentence: str, segment: Span, cues: Cues) -> Iterator[Span]:
    announced = _announcements(sentence, segment, cues)
    floor = segment[0]
    for one, after in zip_longest(announced, announced[1:]):
        stop = segment[1] if after is None else _clause_end(sentence, one.end, after.start, cues)
        span = (after_fillers(sentence, one.end, stop, cues), stop)
        if one.kind >= _Kind.WANT or (after is None and not is_worth_a_need(sentence[slice(*span)])):
            span = (_clause_start(sentence, floor, one.start, cues), stop)
        if is_worth_a_need(sentence[slice(*span)]):
            yield from parts_of(sentence, _without_tail(sentence, span, one.end, cues), cues)
            floor = stop


def _lacking(sentence: str, segment: Span, cues: Cues) -> Iterator[Span]:
    """At most one clause of a segment, the last: what stands before a colon is explained after it."""
    found = [] if _YEAR.search(sentence) else list(cues.lacks.finditer(sentence, *segment))
    if found:
        first = found[-1] if ":" in sentence[found[0].end() : found[-1].start()] else found[0]
        start = _clause_start(sentence, segment[0], first.start(), cues)
        yield _without_tail(sentence, (start, segment[1]), first.end(), cues)


def _clause_start(sentence: str, floor: int, cue: int, cues: Cues) -> int:
    """Where the clause around a cue begins: after the last mark or linking word before it, else at floor or cue."""
    window = max(floor, cue - CLAUSE_REACH)
    start = max(_clause_marks(sentence, window, cue, cues), default=window if window == floor else cue)
    while link := cues.links.match(sentence, after_fillers(sentence, start, cue, cues), cue):
        start = link.end()
    return after_fillers(sentence, start, cue, cues)


def _clause_end(sentence: str, floor: int, cue: int, cues: Cues) -> int:
    """Where the clause before that of a cue ends: at the last mark before it, else at the words that join the two."""
    window = max(floor, cue - CLAUSE_REACH)
    joins = cues.joins.search(sentence, window, cue)
    return max(_clause_marks(sentence, window, cue, cues), default=joins.start() if joins else cue)


def _clause_marks(sentence: str, start: int, stop: int, cues: Cues) -> list[int]:
    """The ends of commas, colons and linking words in part of a sentence."""
    return [match.end() for marks in (_CLAUSE_STARTS, cues.breaks) for match in marks.finditer(sentence, start, stop)]


def _without_tail(sentence: str, span: Span, after: int, cues: Cues) -> Span:
    """The span up to the reason given for it, sought from `after`, the end of the cue."""
    tail = cues.tails.search(sentence, max(after, span[0]), span[1])
    if tail and is_worth_a_need(sentence[span[0] : tail.start()]):
        return span[0], tail.start()
    return span
