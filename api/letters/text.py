"""Paragraphs from a sentence of the catalogue and values. What has no value leaves its paragraph out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter

from babel.dates import format_date, format_time, get_timezone_location

from api.i18n import catalogue, dates_in
from api.letters.asking import Item, Phrase, Value, Values
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.rules import Reader

DOMAIN = "letters"
BETWEEN = "\n\n"
OR_ELSE = " || "
"""Between forms of one paragraph: the first one whose values are all there is taken."""


@dataclass(frozen=True)
class Paragraph:
    """Words, and a list of items below them, if any."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Speech:
    """The sentences of one reader."""

    language: WorkingLanguage
    reader: Reader

    def known(self, key: str) -> str:
        """The sentence of a key; empty for one that the catalogue lacks."""
        sentence = catalogue(self.language, DOMAIN).gettext(key)
        return "" if sentence == key else sentence

    def line(self, key: str, values: Values) -> str:
        """A sentence in one line, as a subject or a button has it."""
        return " ".join(" ".join(paragraph.text for paragraph in self.paragraphs(key, values)).split())

    def paragraphs(self, key: str, values: Values) -> list[Paragraph]:
        """The paragraphs of a key that can be said with these values."""
        shown = {name: said for name, value in values.items() if (said := self._shown(value))}
        lists = {name: items for name, value in values.items() if (items := _items(value))}
        return list(_said(self.known(key), shown, lists))

    def _shown(self, value: Value) -> str:
        if isinstance(value, Phrase):
            return self.known(value.key)
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            return str(format_date(value, format="long", locale=dates_in(self.language)))
        return "" if value is None or not isinstance(value, (str, int)) else readable(str(value))

    def _moment(self, value: datetime) -> str:
        local, language = value.astimezone(self.reader.zone), str(self.language)
        day = format_date(local, format="long", locale=dates_in(language))
        hour = format_time(local, "short", locale=dates_in(language))
        return f"{day}, {hour} ({get_timezone_location(self.reader.zone, locale=language)})"


def readable(text: str) -> str:
    """A text without what steers a terminal or breaks a message; lines stay."""
    kept = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)
    return kept.encode("utf-8", "ignore").decode().strip()


def _items(value: Value) -> tuple[Item, ...]:
    if value is None or isinstance(value, (str, int, date, Phrase)):
        return ()
    return tuple(Item(readable(item.text), item.address) for item in value)


def _said(sentences: str, shown: Mapping[str, str], lists: Mapping[str, Sequence[Item]]) -> Iterator[Paragraph]:
    """The first form of each paragraph whose values are all there; a list stands in the last line of its paragraph."""
    for block in sentences.split(BETWEEN):
        for form in block.split(OR_ELSE):
            head, _, last = form.strip().rpartition("\n")
            items = tuple(lists.get(last.strip("{}"), ()))
            wanted = [name for _, name, _, _ in Formatter().parse(head if items else form) if name]
            if form.strip() and all(name in shown for name in wanted):
                yield Paragraph((head if items else form.strip()).format_map(shown), items)
                break
