"""Sentences and times of documents, in the reader's language and by the clock of the event."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name

from api.i18n import catalogue, dates_in
from matchmaker.languages import WorkingLanguage

DOMAIN = "documents"
SHOWN_FORM = {"\n", "\t"}


@dataclass(frozen=True)
class Speech:
    """How a document speaks."""

    language: WorkingLanguage
    zone: str

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key with its values."""
        return str(catalogue(self.language, DOMAIN).gettext(key)).format(**values)

    def day(self, moment: datetime) -> str:
        """`martes, 12 de mayo de 2027`, capitalised as a heading."""
        text = self.date(moment)
        return text[:1].upper() + text[1:]

    def date(self, moment: datetime) -> str:
        """The same within a sentence."""
        return str(format_date(self._local(moment), "full", locale=dates_in(self.language)))

    def time(self, moment: datetime) -> str:
        """`10:40`, with 24 hours in every language: the badge, the sign and the screen say the same."""
        return format_time(self._local(moment), "HH:mm", locale=self._locale)

    def span(self, start: datetime, end: datetime) -> str:
        """From when to when."""
        return f"{self.time(start)}–{self.time(end)}"

    def zone_name(self, moment: datetime) -> str:
        """Whose clock that is: `hora de Colombia`."""
        return get_timezone_name(self._local(moment), "long", locale=self._locale)

    def languages(self, codes: tuple[str, ...]) -> str:
        """Names of languages, with commas."""
        return ", ".join(str(self._locale.languages.get(code, code)) for code in codes)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))


def printable(text: str) -> str:
    """A text of others without what no document can hold: control characters and halves of characters."""
    spaced = (" " if each.isspace() and each not in SHOWN_FORM else each for each in text)
    kept = (each for each in spaced if each.isprintable() or each in SHOWN_FORM)
    return "".join(kept).encode("utf-8", "ignore").decode()


def one_line(text: str) -> str:
    """The same without breaks, for what is a title or a name."""
    return " ".join(printable(text).split())
