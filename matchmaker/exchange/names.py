"""Finding what a header or a label means: exactly, nearly, or not at all. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from matchmaker.places.keys import search_key

CLOSE_ENOUGH = 0.84  # difflib's ratio: one slip in six letters ("nomber"), two in eleven
CLEARLY_CLOSER = 0.08  # than the next meaning; less is ambiguous
SHORTEST_CLOSE_KEY = 5  # letters; shorter words differ by one letter and mean something else ("país", "pais")
REMEMBERED = 5_000  # spellings of one file; more is free text in a column of labels
NUMBER_MARK = "#"


@dataclass(frozen=True)
class Found:
    """What a spelling means: `meaning` when it is clear, `candidates` when it may be several; `exact` or guessed."""

    meaning: str = ""
    exact: bool = False
    candidates: tuple[str, ...] = ()


class Names:
    """Spellings and what they mean. Accents, case, punctuation and spaces do not count."""

    def __init__(self, spellings: Mapping[str, Iterable[str]]) -> None:
        """`spellings` lists those of each meaning; a spelling of two meanings is ambiguous."""
        self._meanings: dict[str, set[str]] = {}
        for meaning, texts in spellings.items():
            for text in (meaning, *texts):
                self._meanings.setdefault(name_key(text) or text.strip(), set()).add(meaning)
        self._remembered: dict[str, Found] = {}

    def find(self, text: str) -> Found:
        """What `text` means, close misspellings included."""
        found = self._remembered.get(text)
        if found is None:
            found = self._look_up(name_key(text) or text.strip())
            if len(self._remembered) < REMEMBERED:
                self._remembered[text] = found
        return found

    def meanings(self) -> list[str]:
        """Everything that can be meant."""
        return sorted(set().union(*self._meanings.values()))

    def _look_up(self, key: str) -> Found:
        known = self._meanings.get(key)
        if known:
            return _one_of(known, exact=True)
        return self._closest(key) if len(key) >= SHORTEST_CLOSE_KEY else Found()

    def _closest(self, key: str) -> Found:
        """The meaning whose spelling is nearest (Ratcliff and Obershelp's ratio), unless another is as near."""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(key)
        scores: dict[str, float] = {}
        for spelling, meanings in self._meanings.items():
            ratio = _ratio(matcher, spelling)
            for meaning in meanings if ratio >= CLOSE_ENOUGH else ():
                scores[meaning] = max(ratio, scores.get(meaning, 0.0))
        best = max(scores.values(), default=0.0)
        return _one_of({meaning for meaning, ratio in scores.items() if ratio > best - CLEARLY_CLOSER}, exact=False)


def name_key(text: str) -> str:
    """Letters, digits and number marks alone, without case or accents."""
    return NUMBER_MARK.join(search_key(part) for part in text.split(NUMBER_MARK))


def _one_of(meanings: set[str], *, exact: bool) -> Found:
    if len(meanings) == 1:
        return Found(meaning=next(iter(meanings)), exact=exact)
    return Found(candidates=tuple(sorted(meanings)))


def _ratio(matcher: SequenceMatcher[str], spelling: str) -> float:
    matcher.set_seq1(spelling)
    if matcher.real_quick_ratio() < CLOSE_ENOUGH or matcher.quick_ratio() < CLOSE_ENOUGH:
        return 0.0
    return matcher.ratio()
