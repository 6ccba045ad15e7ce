"""The rules as data are whole and in three languages."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.integrity.models import VERSION_CHARACTERS, IncidentState
from matchmaker.integrity.rulebook import RULES, load_rulebook
from matchmaker.languages import WorkingLanguage


def test_every_version_is_named_after_its_file_and_speaks_three_languages() -> None:
    rulebook = load_rulebook()
    stems = {path.stem for path in RULES.glob("code_of_ethics/*.json")}
    assert {code.version for code in rulebook.codes} == stems
    for code in rulebook.codes:
        assert len(code.version) <= VERSION_CHARACTERS
        assert len({article.code for article in code.articles}) == len(code.articles) > 0
        texts = [code.source, code.title, code.preamble]
        texts += [words for article in code.articles for words in (article.title, article.text)]
        for words in texts:
            assert set(words) == set(WorkingLanguage)
            assert len(set(words.values())) == len(WorkingLanguage)


def test_every_open_state_of_an_incident_has_a_deadline() -> None:
    assert set(load_rulebook().incident_days) == set(IncidentState) - {IncidentState.CLOSED}


def test_mail_hosts_are_sorted_and_listed_once() -> None:
    hosts = (RULES / "mail_hosts.txt").read_text(encoding="utf-8").split()
    assert hosts == sorted(set(hosts))
    assert hosts == [host.casefold() for host in hosts]


def test_a_new_version_comes_in_force_on_its_day(tmp_path: Path) -> None:
    rulebook = load_rulebook(with_next_version(tmp_path, in_force_from="2027-03-01"))
    old, new = rulebook.codes
    assert rulebook.in_force(datetime(2027, 2, 28, 23, 59, tzinfo=UTC)) is old
    assert rulebook.in_force(datetime(2027, 3, 1, tzinfo=UTC)) is new
    assert rulebook.in_force(datetime(2020, 1, 1, tzinfo=UTC)) is old


def test_unknown_versions_and_articles_are_refused() -> None:
    rulebook = load_rulebook()
    with pytest.raises(NotFoundError) as version:
        rulebook.code("1999.1")
    assert (version.value.code, version.value.values["known"]) == ("code_of_ethics_unknown", "2026.1")
    with pytest.raises(InvalidInputError) as article:
        rulebook.codes[0].check_article("honesty")
    assert article.value.values["field"] == "article"


def with_next_version(folder: Path, *, in_force_from: str) -> Path:
    """The rules of the repository and one more version of the code."""
    (folder / "code_of_ethics").mkdir()
    for name in ("terms.json", "mail_hosts.txt"):
        (folder / name).write_bytes((RULES / name).read_bytes())
    [path] = RULES.glob("code_of_ethics/*.json")
    (folder / "code_of_ethics" / path.name).write_bytes(path.read_bytes())
    data = json.loads(path.read_text(encoding="utf-8")) | {"version": "2027.1", "in_force_from": in_force_from}
    (folder / "code_of_ethics" / "2027.1.json").write_text(json.dumps(data), encoding="utf-8")
    return folder
