"""Templates in three languages: an environment for each, strict about names, with the numbers of its locale."""

from dataclasses import fields
from datetime import date, datetime
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_name
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from api.files import address_of
from api.i18n import dates_in
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.zones import DEFAULT_ZONE

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

HERE = Path(__file__).parent
TEMPLATES, LOCALE = HERE / "templates", HERE / "locale"
MOMENT_DAY = "EEE d MMM y"  # "mar 12 may 2026", short as in an agenda
KNOWN_SCHEMES = ("https://", "http://")


class View(Protocol):
    """What a template shows: a frozen dataclass whose fields are the template's names."""

    template: ClassVar[str]

    @property
    def language(self) -> str:
        """The language of the page."""
        ...


def render(view: "View & DataclassInstance") -> str:  # type: ignore[valid-type]
    """The page of a view, as HTML."""
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    return environment(view.language).get_template(view.template).render(values)


@cache
def environment(language: str) -> Environment:
    """The templates as they speak in `language` (es, pt or en)."""
    locale = Locale.parse(language)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(asset=address_of, working_languages=tuple(str(code) for code in WorkingLanguage))
    made.filters.update(
        number=partial(_number, locale),
        day=partial(_day, locale),
        moment=pass_context(partial(_moment, locale)),
        dollars=partial(_dollars, locale),
        country=lambda code: locale.territories.get(code, code),
        language_name=partial(_language_name, locale),
        own_language_name=lambda code: _capital(Locale.parse(code).get_display_name(code) or code),
        link=link,
        readable=readable,
        capital=_capital,
    )
    return made


@cache
def catalogue(language: str) -> Translations:
    """The messages of a language, compiled from its `.po` file when first asked for."""
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def link(address: str) -> str:
    """An address that others wrote, when a browser may follow it; otherwise nothing."""
    return address if address.lower().startswith(KNOWN_SCHEMES) else ""


def readable(text: str) -> str:
    """A text without what no page can hold: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _number(locale: Locale, value: float, decimals: int = 0) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale)


def _day(locale: Locale, value: date) -> str:
    return format_date(value, format="long", locale=dates_in(str(locale)))


def _moment(locale: Locale, context: Context, value: datetime) -> str:
    """Day and hour where the reader is, with the place that names its zone: `mar 12 may 2026, 10:40 (Bogotá)`."""
    person = getattr(context.get("frame"), "person", None)
    zone = ZoneInfo(person.time_zone if person else DEFAULT_ZONE)
    local = value.astimezone(zone)
    return f"{format_date(local, MOMENT_DAY, dates_in(str(locale)))}, {local:%H:%M} ({_city(zone, locale)})"


def _city(zone: ZoneInfo, locale: Locale) -> str:
    return str(get_timezone_location(zone, locale=locale, return_city=True))


def _dollars(locale: Locale, value: int) -> str:
    """Whole US dollars, with the name that the language has for them."""
    name = get_currency_name("USD", count=value, locale=locale)
    within = name[:1].lower() + name[1:] if name[1:2].islower() else name  # some lists begin names with a capital
    return f"{_number(locale, value)} {within}"


def _language_name(locale: Locale, code: str) -> str:
    return str(locale.languages.get(code, code))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
