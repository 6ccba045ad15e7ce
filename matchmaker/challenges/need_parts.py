"""What makes a piece of text a need of its own, and enumerations cut into such pieces. Pure.

Spans are pairs of positions in the sentence: first character and the one after the last.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from matchmaker.challenges.need_cues import Cues

Span = tuple[int, int]

FEWEST_LETTERS = 8  # as for sentences worth embedding: less is a label
FEWEST_WORDS = 2
FEWEST_SEGMENTS_OF_A_LIST = 3  # two clauses beside a semicolon are as often a remark as an item
PART_WORDS = 4  # fewer words on one side of "and" are a pair of nouns, not two needs
LIST_PART_WORDS = 2  # in a list of three, shorter parts still stand alone
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"\w+")
_COMMAS = re.compile(r",\s+")


def is_worth_a_need(text: str) -> bool:
    """Whether a piece has enough words and letters to stand alone."""
    return len(_LETTERS.findall(text)) >= FEWEST_LETTERS and len(_WORDS.findall(text)) >= FEWEST_WORDS


def after_fillers(sentence: str, start: int, stop: int, cues: Cues) -> int:
    """The position after words that say nothing, from `start` on."""
    filler = cues.fillers.match(sentence, start, stop)
    return filler.end() if filler else start


def parts_of(sentence: str, span: Span, cues: Cues) -> Iterator[Span]:
    """An enumeration cut where each part stands alone, else the span whole."""
    for cuts in (_listed(sentence, span, cues), _paired(sentence, span, cues)):
        if cuts:
            edges = [span[0], *cuts, span[1]]
            for start, end in pairwise(edges):
                yield start if start == span[0] else after_fillers(sentence, start, end, cues), end
            return
    yield span


def _listed(sentence: str, span: Span, cues: Cues) -> list[int]:
    """Cuts of "X, Y and Z": three parts or more, each of them begun by an article or a verb and not too short."""
    cuts = [match.start() for match in _COMMAS.finditer(sentence, *span)]
    last = cues.pair.search(sentence, cuts[-1] + 1 if cuts else span[0], span[1])
    cuts += [last.start()] if last else []
    starts = [after_fillers(sentence, cut, span[1], cues) for cut in cuts]
    edges = [span[0], *cuts, span[1]]
    stand_alone = all(cues.parts.match(sentence, start) for start in [span[0], *starts])
    long_enough = all(len(_WORDS.findall(sentence[a:b])) > LIST_PART_WORDS for a, b in pairwise(edges))
    return cuts if len(cuts) > 1 and stand_alone and long_enough else []


def _paired(sentence: str, span: Span, cues: Cues) -> list[int]:
    """Cuts of "X and also Y" and of "a long X and a long Y"."""
    cuts: list[int] = []
    joints = {match.start() for joint in (cues.pair, cues.extra) for match in joint.finditer(sentence, *span)}
    for cut in sorted(joints):
        parts = sentence[(cuts or [span[0]])[-1] : cut], sentence[cut : span[1]]
        if all(len(_WORDS.findall(part)) > PART_WORDS for part in parts):
            cuts.append(cut)
    return cuts
