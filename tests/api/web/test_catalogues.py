"""What readers read is there in three languages, and nowhere but in templates."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import meta
from jinja2.nodes import Import

from api.i18n import refusal_told
from api.pages import LOCALE, TEMPLATES, environment
from api.web.every_view import EVERY_VIEW as VIEWS
from api.web.views import Page
from matchmaker.languages import WorkingLanguage

MACROS = {
    "audited.html",
    "city.html",
    "supply.html",
    "curated.html",
    "form.html",
    "laid_down.html",
    "map_picture.html",
    "map_small.html",
    "gathering.html",
    "match.html",
    "narrowing.html",
    "navigation.html",
    "rights.html",
    "office.html",
    "said.html",
    "share.html",
    "told.html",
    "ui.html",
    "words.html",
}
LANGUAGES = [str(language) for language in WorkingLanguage]
OPTIONS = {"**.html": {"trimmed": "true", "trim_blocks": "true", "newstyle_gettext": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
NAMES = {"Alianza", "Smart", "LATAM", "Mercosur", "matchmaker", "help", "token", "create", "import"}  # in any language
MARKED = r"\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}"
LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_words_and_none_is_doubtful(language: str) -> None:
    assert [message.id for message in _messages(language) if message.fuzzy or not all(_forms(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_what_templates_say_and_nothing_else(language: str) -> None:
    said = {message[2] for message in extract_from_dir(TEMPLATES, [("**.html", "jinja2")], OPTIONS)}
    assert {_key(message.id) for message in _messages(language)} == {_key(message) for message in said}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_places_of_values(language: str) -> None:
    for message in _messages(language):
        wanted = {place for form in _tuple(message.id) for place in PLACEHOLDER.findall(form)}
        last = _forms(message)[-1]
        assert set(PLACEHOLDER.findall(last)) == wanted, message.id
        assert all(set(PLACEHOLDER.findall(form)) <= wanted for form in _forms(message)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_percent_sign_that_would_be_read_as_a_place(language: str) -> None:
    said = [form for message in _messages(language) for form in (*_tuple(message.id), *_forms(message))]
    assert [form for form in said if "%" in PLACEHOLDER.sub("", form).replace("%%", "")] == []


def test_english_says_what_its_keys_say() -> None:
    assert [message.id for message in _messages("en") if message.string != message.id] == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_templates_know_no_name_that_their_view_lacks(view: type[Page]) -> None:
    known = set(view.__dataclass_fields__) | set(environment("es").globals)
    assert _names(view.template) - known == set()


def test_no_template_is_without_a_view_or_a_user() -> None:
    used = {view.template for view in VIEWS}
    for name in tuple(used):
        used |= set(_family(name))
    assert {path.name for path in TEMPLATES.glob("*.html")} - used - MACROS == set()


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_style_script_or_unmarked_words(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son\w+=|<script(?! src=| type=\"application/ld)|<style", source)
    unmarked = re.sub(
        r"\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.DOTALL
    )
    plain = re.sub(r"<(?:[^>\"]|\"[^\"]*\")*>|\saria-[\w-]+=\"[^\"]*\"", " ", unmarked)
    assert set(LETTERS.findall(plain)) <= NAMES


def _messages(language: str) -> Iterator[Message]:
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        catalogue: Catalog = read_po(source, locale=language)
    return (message for message in catalogue if message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return _tuple(message.string or "")


def _tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _key(message: object) -> str:
    return message[0] if isinstance(message, (tuple, list)) else str(message)


def _family(template: str) -> Iterator[str]:
    """A template with those that it extends or includes, which share its names; imported ones do not."""
    yield template
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    for name in re.findall(r'\{% (?:extends|include) "([^"]+)"', source):
        yield from _family(name)


def _names(template: str) -> set[str]:
    made = environment("es")
    parsed = [made.parse((TEMPLATES / name).read_text(encoding="utf-8")) for name in _family(template)]
    imported = {node.target for tree in parsed for node in tree.find_all(Import)}
    return {name for tree in parsed for name in meta.find_undeclared_variables(tree)} - imported


FOR_PROGRAMS = {"csrf_missing", "refused"}
"""Told to a page only where a program sent what no page sends."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_refusal_sends_a_reader_to_an_address_for_programs(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "errors.po").open("rb") as source:
        said = {str(message.id): str(message.string) for message in read_po(source, locale=language) if message.id}
    codes = {key.split(".")[1] for key in said if key.startswith("problem.")}
    kept = {code for code in codes if not code.endswith("_unknown")} - FOR_PROGRAMS  # what is unknown has its own page
    told = {code: refusal_told(WorkingLanguage(language), code, {}) for code in kept}
    assert [code for code, sentence in told.items() if "/v1/" in sentence] == []
