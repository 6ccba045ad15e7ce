"""Texts cut into sentences, and sentences into passages worth embedding.

Cutting is deterministic: the same text always gives the same passages, so that an index needs to keep no text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import sentencex

SENTENCE_CHARACTERS = 400  # about 100 tokens; a longer "sentence" is a list or a table and is cut at its joints
SECTION_CHARACTERS = 1_600  # about 400 tokens: the model reads 512, prompt included
OWNERS_KEPT = 2_048  # whose passages are not cut again for every match: a few megabytes
SHORTEST_SENTENCE_LETTERS = 8  # less is a label or a number, never an answer
_OPEN_ENDS = re.compile(
    r"(?:\b(?:nro|núm|num|art|inc|pág|pag|págs|tel|aprox|etc|ej|hab|av|avda|r|dr|dra|sr|sra|prof|profa|ing|lic|arq"
    r"|km|ltda|cia|c[íi]a|s\.a|ee\.uu|n|vs|nº|jr|eng|fig)\.)$",
    re.IGNORECASE,
)
"""Endings at which the library sees a sentence end and a reader of es, pt or en does not (when more follows)."""
_JOINTS = re.compile(r"(?<=[;:·|])\s+|(?<=,)\s+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_LINES = re.compile(r"\n|(?<=\s)[·•▪|](?=\s)")
"""Line ends, and the dots and bars with which people list things within a line."""
_SPACES = re.compile(r"\s+")
_BULLET = re.compile(r"^\s*(?:[-–—*•·▪◦]|\(?\d{1,2}[.)])\s+")
_LETTERS = re.compile(r"[^\W\d_]")


class Level(StrEnum):
    """How much of a text a passage holds."""

    SECTION = "section"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class Section:
    """A part of a text that belongs together: `field` names where it stands, `title` what it is about."""

    field: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Passage:
    """A piece of text with a vector of its own.

    `section` counts from 0 within its owner. `text` is verbatim, so that it can be quoted.
    """

    level: Level
    section: int
    field: str
    text: str
    language: str

    @cached_property
    def digest(self) -> str:
        """Short fingerprint of the words, by which a hit finds its sentence again."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """16 hex characters that are equal for texts that read the same (case, accents kept; spaces folded)."""
    folded = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().casefold()
    return hashlib.blake2b(folded.encode(), digest_size=8).hexdigest()


def paragraphs(text: str) -> list[str]:
    """The parts of a text between blank lines."""
    return [part.strip() for part in _PARAGRAPHS.split(text) if part.strip()]


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text, each a verbatim piece of it without the white space around."""
    found: list[str] = []
    for line in _LINES.split(text):
        found.extend(_joined(sentencex.segment(language if len(language) == 2 else "en", line)))  # noqa: PLR2004
    return [piece for sentence in found for piece in _cut(_BULLET.sub("", sentence).strip()) if piece]


def passages(sections: Iterable[Section]) -> list[Passage]:
    """Each section whole (cut where the model would stop reading) and each of its sentences once."""
    return list(_passages(tuple(sections)))


@lru_cache(maxsize=OWNERS_KEPT)
def _passages(sections: tuple[Section, ...]) -> tuple[Passage, ...]:
    result: list[Passage] = []
    seen: set[str] = set()
    for number, section in enumerate(sections):
        said = sentences(section.text, section.language)
        chunks = _chunks(section.title, said)
        result += [Passage(Level.SECTION, number, section.field, chunk, section.language) for chunk in chunks]
        for sentence in said:
            digest = digest_of(sentence)
            if digest not in seen and len(_LETTERS.findall(sentence)) >= SHORTEST_SENTENCE_LETTERS:
                seen.add(digest)
                result.append(Passage(Level.SENTENCE, number, section.field, sentence, section.language))
    return tuple(result)


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    """Join pieces that the library cut after an abbreviation."""
    kept = ""
    for piece in pieces:
        kept += piece
        if not _OPEN_ENDS.search(kept.rstrip()):
            yield kept
            kept = ""
    if kept:
        yield kept


def _cut(sentence: str) -> Iterator[str]:
    """Cut what is too long to quote at its joints: first at semicolons, then at commas, last at spaces."""
    while len(sentence) > SENTENCE_CHARACTERS:
        window = sentence[: SENTENCE_CHARACTERS + 1]
        joints = [match.start() for match in _JOINTS.finditer(window) if match.start() > SENTENCE_CHARACTERS // 4]
        end = joints[-1] if joints else max(window.rfind(" "), 0) or SENTENCE_CHARACTERS
        yield sentence[:end].strip()
        sentence = sentence[end:].strip()
    yield sentence


def _chunks(title: str, said: Iterable[str]) -> Iterator[str]:
    """A section's sentences under its title, in pieces that the model reads to their end."""
    head = f"{title}. " if title else ""
    chunk = ""
    for sentence in said:
        if chunk and len(head) + len(chunk) + len(sentence) > SECTION_CHARACTERS:
            yield head + chunk
            chunk = ""
        chunk = f"{chunk} {sentence}".strip()
    if chunk or title:
        yield (head + chunk).strip()
