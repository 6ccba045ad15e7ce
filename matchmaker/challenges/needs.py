"""A challenge split into needs. Pure.

Rules, no model: sentences, then the clauses that a cue of the language announces, then enumerations whose parts stand
alone. What is found is suggested to the author, who confirms or edits it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from matchmaker.challenges.need_clauses import asks, folded, needs_in, trimmed
from matchmaker.challenges.need_cues import Cues, cues_of
from matchmaker.challenges.need_parts import is_worth_a_need
from matchmaker.sentences import sentences

NEEDS_SUGGESTED_AT_MOST = 8
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_MARK = r"(?:[-–—*•·▪◦|>#+]|\(?(?:\d{1,2}|[a-zA-Z])[.)])"
_ITEM = re.compile(rf"(?:\s*{_MARK}(?=\s))+\s*")
_DANGLING = re.compile(rf"(?:(?<=\s)|^){_MARK}\s*$")
"""A mark left at the end of the sentence before it: "We need: 1. Lamps." is cut after "1."."""
_INLINE = re.compile(r"(?:(?<=[\s:;,])|^)\(?(?:\d{1,2}|[a-h])\)\s+")
_LIST_CUT = re.compile(r";\s+")


@dataclass(frozen=True)
class _Piece:
    """A sentence or an item of a list, by its positions in the text."""

    start: int
    end: int
    is_item: bool


def split_needs(description: str, *, language: str) -> list[str]:
    """What `description` lacks or asks for, at most `NEEDS_SUGGESTED_AT_MOST` verbatim pieces in order; never empty.

    A text without any need in words we know, or in a language without tables, gives its sentences. A piece given back
    is not cut again: `split_needs` of it is the piece alone.
    """
    waiting = [description.strip()]
    settled: list[str] = []
    while waiting and len(settled) < NEEDS_SUGGESTED_AT_MOST:
        text = waiting.pop()
        pieces = _pieces_of_need(text, language)
        if pieces == [text]:
            settled.append(text)
        else:
            waiting.extend(reversed(pieces))
    return settled


def _pieces_of_need(text: str, language: str) -> list[str]:
    """One round of cutting: the text itself, or pieces shorter than it."""
    readable = _SURROGATES.sub("\ufffd", text)
    cues, plain = cues_of(language), folded(readable)
    pieces = list(_pieces(readable, language))
    if cues is not None and (len(pieces) > 1 or asks(plain, cues)):
        spans = list(_needs_of(plain, pieces, cues))
    elif len(pieces) == 1:
        spans = _semicolon_list(readable, pieces[0])
    else:
        spans = []
    found = [text[start:end] for start, end in spans or [(piece.start, piece.end) for piece in pieces]]
    return [piece for piece in found if piece] or [text]


def _needs_of(plain: str, pieces: list[_Piece], cues: Cues) -> Iterator[tuple[int, int]]:
    introduced = False
    for number, piece in enumerate(pieces):
        words = plain[piece.start : piece.end]
        leads = words.rstrip().endswith(":") and number + 1 < len(pieces) and pieces[number + 1].is_item
        if leads:
            introduced = not cues.boasts.search(words)
            continue
        introduced = introduced and piece.is_item
        spans = [(piece.start + start, piece.start + end) for start, end in needs_in(words, cues)]
        if introduced and len(spans) < 2:  # noqa: PLR2004
            spans = [trimmed(plain, (piece.start, piece.end))]
        yield from spans


def _pieces(text: str, language: str) -> Iterator[_Piece]:
    """The sentences of a text without the marks of lists, and cut at marks within a line."""
    place, is_item = 0, False
    for sentence in sentences(text, language):
        start = text.find(sentence, place)
        if start < 0:
            continue
        is_item = is_item or bool(_ITEM.fullmatch(text[place:start].rpartition("\n")[2]))
        place = end = start + len(sentence)
        dangling = _DANGLING.search(text, start, end)
        yield from _items(text, start, dangling.start() if dangling else end, is_item=is_item)
        is_item = dangling is not None


def _items(text: str, start: int, end: int, *, is_item: bool) -> Iterator[_Piece]:
    marks = list(_INLINE.finditer(text, start, end))
    edges = [start, *(mark.start() for mark in marks), end] if len(marks) > 1 else [start, end]
    for number, (one, other) in enumerate(pairwise(edges)):
        mark = _ITEM.match(text, one, other)
        first = mark.end() if mark else one
        last = first + len(text[first:other].rstrip(" ;,\t" if other != end else None))
        if last > first:
            yield _Piece(first, last, is_item=is_item or mark is not None or number > 0)


def _semicolon_list(text: str, piece: _Piece) -> list[tuple[int, int]]:
    """The parts of "X; Y; Z" where there are three or more and each stands alone."""
    cuts = list(_LIST_CUT.finditer(text, piece.start, piece.end))
    starts = [piece.start, *(cut.end() for cut in cuts)]
    spans = list(zip(starts, [*(cut.start() for cut in cuts), piece.end], strict=True))
    if len(cuts) > 1 and all(is_worth_a_need(text[slice(*span)]) for span in spans):
        return [trimmed(text, span) for span in spans]
    return []
