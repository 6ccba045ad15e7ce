"""Guides and invitations: the same in three languages, true to what stands on pages, and good to print and to send."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from babel.support import Translations
from fastapi.testclient import TestClient

from api.pages import catalogue
from api.settings import DATA
from api.web.guides import GUIDES, Reader, guide_of
from matchmaker.languages import WorkingLanguage
from tests.api.web.conftest import Known, Read
from tests.api.web.reading import Element

LANGUAGES = [str(language) for language in WorkingLanguage]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\]\((/[^)]*)\)")
roles = pytest.mark.parametrize("role", list(Reader))
tongues = pytest.mark.parametrize("language", LANGUAGES)


def written(role: Reader, language: str) -> str:
    return (DATA / GUIDES / language / f"{role}.md").read_text(encoding="utf-8")


def labels(language: str) -> dict[str, str]:
    """Sentences of pages by how they read in a language."""
    known: Translations = catalogue(language)
    entries = known._catalog  # type: ignore[attr-defined]  # noqa: SLF001 - gettext has no other list
    return {said: str(key) for key, said in entries.items() if isinstance(key, str)}


@roles
def test_a_guide_has_the_same_parts_points_and_links_in_every_language(role: Reader) -> None:
    texts = [written(role, language) for language in LANGUAGES]
    for shape in (r"^## ", r"^\d\. ", r"^- "):
        assert len({len(re.findall(shape, text, re.MULTILINE)) for text in texts}) == 1, shape
    assert len({tuple(LINK.findall(text)) for text in texts}) == 1


@roles
@tongues
def test_what_a_guide_names_in_bold_stands_on_a_page(role: Reader, language: str) -> None:
    known = labels(language)
    assert [name for name in BOLD.findall(written(role, language)) if name not in known] == []


@roles
def test_bold_words_mean_the_same_in_every_language(role: Reader) -> None:
    keys = [[labels(language)[name] for name in BOLD.findall(written(role, language))] for language in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]


@roles
@tongues
def test_links_of_a_guide_lead_to_pages(browser: TestClient, read: Read, role: Reader, language: str) -> None:
    page = read(f"/{language}/guides/{role}")
    links = {link["href"] for link in page.of_class("guide")[0].all("a")}
    assert all(link.startswith(f"/{language}/") for link in links)
    for link in links:
        assert browser.get(link).status_code in {200, 401, 403}, link


@roles
def test_each_part_of_a_guide_has_a_title_and_a_body(role: Reader) -> None:
    guide = guide_of(DATA / GUIDES, role, "es")
    assert guide.lead
    assert all(part.title and str(part.body).startswith("<") for part in guide.parts)


def test_there_is_no_guide_for_another_role(browser: TestClient) -> None:
    assert browser.get("/es/guides/nobody").status_code == 404


def test_all_guides_are_listed(read: Read) -> None:
    links = {link["href"] for link in read("/pt/guides").one("main").all("a")}
    assert links == {*(f"/pt/guides/{role}" for role in Reader), "/pt/invitations"}


@tongues
def test_an_invitation_is_the_same_to_read_to_copy_and_to_send(read: Read, language: str) -> None:
    page = read(f"/{language}/invitations")
    fields = page.of_class("share")
    assert len(fields) == 4
    for field in fields:
        assert_the_same(field)
        assert f"/{language}/" in field.one("textarea").text


def test_profiles_and_challenges_are_shared_with_their_address(read: Read, known: Known) -> None:
    for path in (f"/challenges/{known.challenge}", f"/profiles/{known.hostile}"):
        (field,) = read(f"/es{path}").of_class("share")
        assert_the_same(field)
        assert f"/es{path}" in field.one("textarea").text


def assert_the_same(field: Element) -> None:
    """One text in the field and in both links; no link carries anything else."""
    words, button = field.one("textarea"), field.one("button")
    assert words.get("readonly") is not None
    assert button["data-copies"] == words["id"]
    messenger, letter = (urlsplit(link["href"]) for link in field.all("a"))
    assert messenger.netloc == "wa.me"
    assert [" ".join(text.split()) for text in parse_qs(messenger.query)["text"]] == [words.text]
    assert [" ".join(text.split()) for text in parse_qs(letter.query)["body"]] == [words.text]
    assert set(parse_qs(messenger.query)) | set(parse_qs(letter.query)) == {"text", "body"}
