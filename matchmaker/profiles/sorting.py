"""A text that somebody has already, sorted into the parts of a profile: every sentence verbatim, none written anew.

Headings say what follows; words within a sentence say more; what they leave open is asked of whoever knows meanings.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from matchmaker.profiles.completeness import says_result
from matchmaker.profiles.drafts import OFFERS_AT_MOST, ExperienceDraft, OfferDraft, ProfileDraft
from matchmaker.profiles.sorting_words import ASIDE, DID, DOES, HEADINGS, IS_WHO
from matchmaker.sentences import sentences

SORTED_SENTENCES = 120  # of one text: about six printed pages; more is no profile
HEADING_WORDS = 5
_BLANK = re.compile(r"\n[ \t]*\n")
_ADDRESS = re.compile(r"https?://[^\s<>\"')]+|\bwww\.[^\s<>\"')]+")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_HEADING_MARKS = re.compile(r"^[#*\s\d.)-]+|[*:\s]+$")


class Place(StrEnum):
    """Where a sentence belongs."""

    ABOUT = "about"
    OFFER = "offer"
    EXPERIENCE = "experience"
    ASIDE = "aside"  # nowhere: contacts, notices, menus


@dataclass(frozen=True)
class Sorted:
    """A sentence, verbatim, and where it belongs. `together` numbers what stood in one paragraph."""

    text: str
    place: Place
    together: int


@dataclass(frozen=True)
class SortedText:
    """A text taken apart. `website` is the first address in it; `left_out`: how many sentences came too late."""

    sentences: tuple[Sorted, ...]
    language: str
    website: str
    left_out: int


Nearest = Callable[[str], Place]
"""Says of a sentence that no word decides where it belongs by its meaning."""


def sort_text(text: str, *, language: str, nearest: Nearest) -> SortedText:
    """Take a text apart; the first `SORTED_SENTENCES` sentences of it are sorted."""
    found = list(_taken_apart(text, language))
    chosen = [item if item.place else replace(item, place=nearest(item.text)) for item in found[:SORTED_SENTENCES]]
    address = _ADDRESS.search(text)
    return SortedText(
        sentences=tuple(Sorted(item.text, item.place or Place.ABOUT, item.together) for item in chosen),
        language=language,
        website=address.group().rstrip(".,;") if address else "",
        left_out=len(found) - len(chosen),
    )


def with_sentences(draft: ProfileDraft, kept: Sequence[Sorted], *, website: str) -> ProfileDraft:
    """A draft with sentences added where they belong, in their order and in their words."""
    offered = [item for item in kept if item.place is Place.OFFER]
    room = OFFERS_AT_MOST - len(draft.offers)
    offers = [OfferDraft(text=item.text) for item in offered[:room]]
    told = [item for item in kept if item.place is Place.ABOUT] + offered[room:]  # so that no word is lost
    about = "\n\n".join(" ".join(group) for group in _paragraphs(told))
    language = draft.language or ""
    values = {
        **{name: getattr(draft, name) for name in draft.model_fields_set},
        "description": "\n\n".join(part for part in (draft.description, about) if part),
        "offers": [*draft.offers, *offers],
        "experience": [*draft.experience, *_experience(kept, language)],
        "website": draft.website or website,
    }
    return ProfileDraft.model_validate(values)


@dataclass(frozen=True)
class _Found:
    text: str
    place: Place | None
    together: int


def _taken_apart(text: str, language: str) -> Iterator[_Found]:
    under: Place | None = None
    for number, paragraph in enumerate(_BLANK.split(text)):
        for line in paragraph.split("\n"):
            heading = _heading(line)
            if heading is not None:
                under = heading
                continue
            for sentence in sentences(line, language):
                yield _Found(sentence, _place_of(sentence, language, under), number)


def _heading(line: str) -> Place | None:
    """Of what a line is the heading, if it is one."""
    words = _HEADING_MARKS.sub("", _HEADING_MARKS.sub("", line)).casefold()
    if not words or len(words.split()) > HEADING_WORDS:
        return None
    return next((Place(place) for place, lines in HEADINGS.items() if _any(lines, words, whole=True)), None)


def _place_of(sentence: str, language: str, under: Place | None) -> Place | None:
    """What the heading above says, but for what came of something; else what the words say; else nothing.

    Of words, what was done comes before who speaks, and that before what is on offer.
    """
    said = sentence.casefold()
    if _any(ASIDE, said) or not any(character.isalpha() for character in _ADDRESS.sub("", said)):
        return Place.ASIDE
    if says_result(sentence, language=language) or (_YEAR.search(said) and _any(_lines(DID, language), said)):
        return under if under is Place.ABOUT else Place.EXPERIENCE
    if under is not None:
        return under
    tables = ((DID, Place.EXPERIENCE), (IS_WHO, Place.ABOUT), (DOES, Place.OFFER))
    return next((place for table, place in tables if _any(_lines(table, language), said)), None)


def _experience(kept: Sequence[Sorted], language: str) -> list[ExperienceDraft]:
    """What was done, sentences of one paragraph together; those after the first that say a result stand as result."""
    made = []
    for first, *others in _paragraphs([item for item in kept if item.place is Place.EXPERIENCE]):
        result = [other for other in others if says_result(other, language=language)]
        text = [first, *(other for other in others if other not in result)]
        year = _YEAR.search(" ".join([first, *others]))
        made.append(
            ExperienceDraft(text=" ".join(text), result=" ".join(result), year=int(year.group()) if year else None)
        )
    return made


def _paragraphs(kept: Sequence[Sorted]) -> list[list[str]]:
    """Sentences by the paragraph in which they stood."""
    groups: dict[int, list[str]] = {}
    for item in kept:
        groups.setdefault(item.together, []).append(item.text)
    return list(groups.values())


def _lines(table: Mapping[str, Sequence[str]], language: str) -> tuple[str, ...]:
    return tuple(table[language]) if language in table else tuple(line for lines in table.values() for line in lines)


def _any(lines: Sequence[str], text: str, *, whole: bool = False) -> bool:
    expression = _compiled(tuple(lines))
    return bool(expression.fullmatch(text) if whole else expression.search(text))


@cache
def _compiled(lines: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines))
