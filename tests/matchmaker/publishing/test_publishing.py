"""New versions of the alliance's lists: what is wrong in them, what they change, and that nothing is lost."""

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import DomainError, NotFoundError
from matchmaker.integrity import pairs
from matchmaker.integrity.actions import send_renewals
from matchmaker.introductions.models import AskingPolicy
from matchmaker.letters.models import Letter
from matchmaker.membership.actions import begin_application, submit_application, switch_process
from matchmaker.membership.charter import load_charter
from matchmaker.membership.models import AdmissionProcess
from matchmaker.membership.office import Office
from matchmaker.membership.rules import Admission
from matchmaker.mentoring.models import MentorOffer
from matchmaker.migrations.tables import tables
from matchmaker.profiles.actions import create_profile
from matchmaker.profiles.models import WorkingCopy
from matchmaker.publishing.actions import VersionRefusedError, publish_version, try_version
from matchmaker.publishing.book import FOLDERS, Book, open_book
from matchmaker.publishing.documents import in_form
from matchmaker.publishing.models import Fate, Fault, Trial
from matchmaker.publishing.rules import pointer
from matchmaker.publishing.uses import CARRIERS
from matchmaker.store.database import Database
from matchmaker.taxonomy.models import AllianceList, Concern, PublishedVersion
from matchmaker.taxonomy.queries import newest_number, published_versions
from tests.factories import NOW, desk, profile_draft, saved_challenge, signed_in
from tests.matchmaker.publishing.documents import DATA, shipped, texts

Document = dict[str, Any]


@dataclass
class Hall:
    """The secretariat with a document in hand."""

    session: Session
    secretary: Acting = field(init=False)
    office: Office = field(init=False)

    def __post_init__(self) -> None:
        self.secretary = signed_in(self.session, role=Role.SECRETARIAT)
        self.office = Office(
            charter=load_charter(DATA), conflicts=pairs, admission=Admission.OPEN, signing_key="key", now=NOW
        )

    def tried(self, content: bytes | Document) -> Trial:
        return try_version(self.session, directory=DATA, acting=self.secretary, content=content, now=NOW)

    def faults(self, content: bytes | Document) -> list[tuple[str, str]]:
        return [(pointer(each.place), each.code) for each in self.tried(content).faults]

    def published(self, content: bytes | Document) -> Trial:
        return publish_version(self.session, directory=DATA, office=self.office, acting=self.secretary, content=content)

    @property
    def book(self) -> Book:
        return open_book(DATA, published_versions(self.session))


@pytest.fixture
def hall(database: Database) -> Iterator[Hall]:
    with database.transaction() as session:
        yield Hall(session)


def test_what_came_with_the_service_has_its_form(hall: Hall) -> None:
    for edition in hall.book.editions:
        document, wrong = in_form(edition.list, edition.document)
        assert (document, wrong) == (edition.document, ())
        assert hall.tried(dict(edition.document)).is_known


def test_a_new_taxonomy_tells_what_it_changes_and_holds_at_once(hall: Hall) -> None:
    new = shipped(AllianceList.TAXONOMY, "2027.1")
    area = new["areas"][0]
    area["sub_areas"].append({"code": "shade", "name": texts("Sombra"), "description": texts("Árboles en la calle.")})
    area["name"]["es"] = "Movilidad a pie"
    new["principles"][0]["description"]["pt"] = "Outras palavras."
    new["provisional"] = False
    trial = hall.tried(new)
    assert trial.faults == ()
    assert [(each.list, each.fate, each.code, each.fields) for each in trial.changes] == [
        ("document", Fate.CHANGED, "provisional", ()),
        ("areas", Fate.RENAMED, area["code"], ()),
        ("sub_areas", Fate.ADDED, "shade", ()),
        ("principles", Fate.CHANGED, new["principles"][0]["code"], ("description",)),
    ]
    assert newest_number(hall.session) == 0
    hall.published(new)
    book = hall.book
    assert (book.taxonomy.version, book.number) == ("2027.1", newest_number(hall.session))
    assert book.taxonomy.areas[0].sub_terms[-1].name["es"] == "Sombra (es)"
    assert [each.version for each in book.editions_of(AllianceList.TAXONOMY)] == ["2017.1", "2027.1"]
    assert book.taxonomy_of("2017.1").version == "2017.1"
    with pytest.raises(NotFoundError):
        book.taxonomy_of("2018.1")


def test_publishing_twice_changes_nothing_and_is_one_act_in_the_log(hall: Hall) -> None:
    new = json.dumps(shipped(AllianceList.TAXONOMY, "2027.1"), indent=1).encode("utf-8-sig")
    assert [hall.published(new).is_known for _ in range(2)] == [False, True]
    (row,) = hall.session.exec(select(PublishedVersion)).all()
    (entry,) = hall.session.exec(select(AuditEntry).where(AuditEntry.act == "list.publish")).all()
    assert (entry.account_id, entry.subject, entry.subject_id) == (
        hall.secretary.account_id, "published_version", row.id,
    )  # fmt: skip
    assert entry.codes == {"list": "taxonomy", "version": "2027.1"}


def test_only_the_secretariat_and_administrators_try_and_publish(hall: Hall) -> None:
    new = shipped(AllianceList.TAXONOMY, "2027.1")
    others = [ANYONE, *(signed_in(hall.session, role=role) for role in (Role.CITY, Role.SUPPLIER, Role.COMMITTEE))]
    for acting in others:
        with pytest.raises(DomainError) as refused:
            try_version(hall.session, directory=DATA, acting=acting, content=new, now=NOW)
        assert refused.value.code == "secretariat_only"
        with pytest.raises(DomainError) as refused:
            publish_version(hall.session, directory=DATA, office=hall.office, acting=acting, content=new)
        assert refused.value.code == "secretariat_only"
    administrator = signed_in(hall.session, role=Role.ADMINISTRATOR)
    publish_version(hall.session, directory=DATA, office=hall.office, acting=administrator, content=new)
    assert hall.book.taxonomy.version == "2027.1"


Change = Callable[[Document], object]
WRONG: list[tuple[AllianceList, Change, str, str]] = [
    (AllianceList.TAXONOMY, lambda new: new["areas"][1]["name"].pop("pt"), "/areas/1/name/pt", "missing"),
    (AllianceList.TAXONOMY, lambda new: new["kinds"][0]["plural"].update(en=" "), "/kinds/0/plural/en", "no_words"),
    (AllianceList.TAXONOMY, lambda new: new["areas"][0].update(code="Agua!"), "/areas/0/code", "code_form"),
    (AllianceList.TAXONOMY, lambda new: new.update(version="dos mil"), "/version", "version_form"),
    (AllianceList.TAXONOMY, lambda new: new.update(colour="red"), "/colour", "extra_forbidden"),
    (AllianceList.TAXONOMY, lambda new: new.update(principles=[]), "/principles", "too_short"),
    (AllianceList.TAXONOMY, lambda new: new.update(provisional="yes"), "/provisional", "bool_type"),
    (AllianceList.TAXONOMY, lambda new: new.update(version="2016.4"), "/version", "version_not_newer"),
    (AllianceList.TAXONOMY, lambda new: new.update(version="2017.1", provisional=False), "/version", "version_taken"),
    (AllianceList.TAXONOMY, lambda new: new["principles"].append(new["principles"][0]), "/principles/8/code",
     "code_twice"),
    (AllianceList.TAXONOMY, lambda new: new["kinds"].append({**new["kinds"][0], "code": "bank"}), "/kinds/8/sector",
     "sector_missing"),
    (AllianceList.TAXONOMY, lambda new: new["kinds"][0].update(sector="banks"), "/kinds/0/sector", "enum"),
    (AllianceList.CRITERIA, lambda new: new["criteria"][0].update(weight="10"), "/criteria/0/weight", "int_type"),
    (AllianceList.CRITERIA, lambda new: new["criteria"][0].update(weight=0), "/criteria/0/weight",
     "greater_than_equal"),
    (AllianceList.CRITERIA, lambda new: new.update(lowest=4), "/highest", "highest_not_above"),
    (AllianceList.CODE, lambda new: new.update(in_force_from="2027-01-10"), "/in_force_from", "begins_too_early"),
    (AllianceList.CODE, lambda new: new.update(in_force_from="2027-02-30"), "/in_force_from", "date_parsing"),
    (AllianceList.CODE, lambda new: new["articles"][2]["text"].update(es="x" * 20_001), "/articles/2/text/es",
     "string_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "change", "place", "code"), WRONG, ids=[f"{each[2]}-{each[3]}" for each in WRONG])
def test_what_is_wrong_is_told_at_its_place_and_is_not_published(
    hall: Hall, of: AllianceList, change: Change, place: str, code: str
) -> None:
    new = shipped(of, "2027.1")
    change(new)
    assert hall.faults(new) == [(place, code)]
    with pytest.raises(VersionRefusedError) as refused:
        hall.published(new)
    assert (refused.value.code, refused.value.trial.faults) == ("list_refused", hall.tried(new).faults)
    assert newest_number(hall.session) == 0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'{"kinds": [', Fault((), "not_json", {"line": 1, "column": 12})),
        (b'{"version":\n NaN}', Fault((), "not_json", {"line": 1, "column": 1})),
        ("{}".encode("utf-16"), Fault((), "not_json", {"line": 1, "column": 1})),
        (b"[" * 100_000, Fault((), "not_json", {"line": 1, "column": 1})),
        (b"[]", Fault((), "list_unknown")),
        (b'{"version": "2027.1"}', Fault((), "list_unknown")),
    ],
)
def test_a_file_that_is_no_list_says_so(hall: Hall, content: bytes, fault: Fault) -> None:
    trial = hall.tried(content)
    assert (trial.list, trial.faults) == (None, (fault,))
    with pytest.raises(VersionRefusedError):
        hall.published(content)


def test_odd_characters_in_names_and_values_can_still_be_shown(hall: Hall) -> None:
    new = shipped(AllianceList.CRITERIA, "2027.1")
    assert hall.faults(new | {"\ud800": 1}) == [("", "lone_surrogate")]
    new["source"]["es"] = "\ud800\x00"
    (fault,) = hall.tried(new | {"version": "\ud800"}).faults[1:]
    assert (fault.place, fault.code, fault.found) == (("source", "es"), "nul_character", "??")


def test_codes_that_records_carry_stay_and_the_others_may_go(hall: Hall) -> None:
    old = shipped(AllianceList.TAXONOMY, "2027.1")
    area, unused = old["areas"][0]["code"], old["areas"][1]["code"]
    draft = profile_draft(kind="expert", areas=[area])
    profile = create_profile(hall.session, desk=desk(), acting=hall.secretary, draft=draft)
    saved_challenge(hall.session, acting=hall.secretary, owner=profile, areas=[area], principles=[])
    hall.session.add(AskingPolicy(profile_id=profile.id or 0, kinds=["company", "academic"]))
    hall.session.add(MentorOffer(profile_id=profile.id or 0, areas=[area], hours_a_month=1, updated_at=NOW))
    hall.session.add(WorkingCopy(profile_id=profile.id or 0, words={"areas": [area]}, saved_at=NOW))
    hall.session.flush()
    new = copy.deepcopy(old)
    new["areas"] = [each for each in new["areas"] if each["code"] not in {area, unused}]
    new["kinds"] = [each for each in new["kinds"] if each["code"] not in {"expert", "academic", "entrepreneur"}]
    found = {str(each.values["value"]): (each.code, each.place, each.values) for each in hall.tried(new).faults}
    assert {code: counts for code, (_, _, counts) in found.items()} == {
        area: {"profiles": 1, "challenges": 1, "others": 2, "value": area},
        "expert": {"profiles": 1, "challenges": 0, "others": 0, "value": "expert"},
        "academic": {"profiles": 0, "challenges": 0, "others": 1, "value": "academic"},
    }
    new["areas"], new["kinds"] = [each for each in old["areas"] if each["code"] != unused], old["kinds"]
    hall.published(new)
    assert unused not in hall.book.taxonomy.codes(Concern.AREAS)


def test_every_column_that_holds_codes_of_the_lists_is_counted() -> None:
    counted = {(column.class_.__tablename__, column.key) for each in CARRIERS.values() for column in each.values()}
    there = {
        (table.name, column.name)
        for table in tables().sorted_tables for column in table.columns
        if column.name in {"areas", "principles", "kinds"}
    }  # fmt: skip
    assert there - counted == set()


def test_a_new_kind_brings_its_sector_which_later_versions_keep(hall: Hall) -> None:
    new = shipped(AllianceList.TAXONOMY, "2027.1")
    bank = {**copy.deepcopy(new["kinds"][0]), "code": "bank", "sector": "firms"}
    new["kinds"].append(bank)
    hall.published(new)
    later = copy.deepcopy(new) | {"version": "2027.2"}
    later["kinds"][-1].pop("sector")
    hall.published(later)
    assert hall.book.charter.sectors.of_kind["bank"] == "firms"
    assert "bank" in hall.book.lists.supplying_kinds
    assert "local_government" not in hall.book.lists.supplying_kinds


def test_a_new_code_is_signed_from_its_day_on(hall: Hall) -> None:
    create_profile(hall.session, desk=desk(), acting=signed_in(hall.session), draft=profile_draft())
    new = shipped(AllianceList.CODE, "2027.1") | {"in_force_from": "2027-03-01"}
    new["articles"][0]["title"]["es"] = "Antes que nada, la gente"
    trial = hall.published(new)
    assert (trial.effects.members, trial.effects.grace_days, str(trial.effects.begins)) == (1, 30, "2027-03-01")
    assert [(each.list, each.fate, each.code, each.values) for each in trial.changes] == [
        ("document", Fate.CHANGED, "in_force_from", ("2026-11-22", "2027-03-01")),
        ("articles", Fate.RENAMED, "people_first", None),
    ]  # fmt: skip
    rulebook = hall.book.rulebook
    assert [rulebook.in_force(NOW + timedelta(days=days)).version for days in (0, 60)] == ["2026.1", "2027.1"]
    for days in (0, 1, 60, 61):
        send_renewals(hall.session, now=NOW + timedelta(days=days), rulebook=rulebook)
    letters = hall.session.exec(
        select(Letter).where(Letter.kind == "code_of_ethics_renewal").order_by(col(Letter.id))
    ).all()
    assert [letter.codes["version"] for letter in letters] == ["2026.1", "2027.1"]
    too_early = shipped(AllianceList.CODE, "2027.2") | {"in_force_from": "2027-02-01"}
    assert hall.faults(too_early) == [("/in_force_from", "begins_too_early")]


def test_new_criteria_judge_what_is_handed_in_from_now_on(hall: Hall) -> None:
    switch_process(
        hall.session, office=hall.office, acting=hall.secretary, criteria_version="2017.1", has_assessors=False,
        has_committee=False, reason="Acta 1",
    )  # fmt: skip

    def handed_in() -> str:
        acting = signed_in(hall.session, role=Role.SUPPLIER)
        profile = create_profile(hall.session, desk=desk(), acting=acting, draft=profile_draft())
        row = begin_application(
            hall.session, office=hall.office, acting=acting, profile_id=profile.id or 0, words="Queremos."
        )
        office, number = hall.office, row.id or 0
        submit_application(hall.session, office=office, acting=acting, application_id=number)
        return row.criteria_version

    assert handed_in() == "2017.1"
    new = shipped(AllianceList.CRITERIA, "2027.1")
    new["criteria"][0]["weight"], new["source"] = 40, texts("Acta 7 de la asamblea.")
    trial = hall.tried(new)
    assert (trial.effects.is_applied, trial.effects.running) == (True, {"2017.1": 1})
    assert [(each.code, each.values) for each in trial.changes if each.values] == [("quality_of_life", (25, 40))]
    hall.published(new)
    process = hall.session.exec(select(AdmissionProcess).order_by(col(AdmissionProcess.id).desc())).first()
    assert process
    assert (process.criteria_version, process.reason) == ("2027.1", "Acta 7 de la asamblea. (es)")
    assert handed_in() == "2027.1"
    assert hall.tried(shipped(AllianceList.CRITERIA, "2027.2")).effects.running == {"2017.1": 1, "2027.1": 1}
    assert hall.book.charter.criteria_of("2017.1").weights["quality_of_life"] == 25


def test_criteria_that_nobody_applies_are_kept_and_not_applied(hall: Hall) -> None:
    hall.published(shipped(AllianceList.CRITERIA, "2027.1"))
    assert hall.session.exec(select(AdmissionProcess)).all() == []
    assert list(hall.book.charter.criteria) == ["2017.1", "2027.1"]


def test_a_number_that_ships_later_with_the_service_gives_way_to_what_was_published(hall: Hall, tmp_path: Path) -> None:
    new = shipped(AllianceList.CRITERIA, "2017.2")
    hall.published(new)
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("var", "demo", "background", "evaluation"))
    later = new | {"highest": 9}
    (folder / FOLDERS[AllianceList.CRITERIA] / "2017.2.json").write_text(json.dumps(later), encoding="utf-8")
    book = open_book(folder, published_versions(hall.session))
    edition = book.edition(AllianceList.CRITERIA, "2017.2")
    assert (edition.published_at, edition.account_id) == (NOW, hall.secretary.account_id)
    assert book.charter.criteria_of("2017.2").highest == 4
    with pytest.raises(NotFoundError):
        book.edition(AllianceList.CODE, "2017.2")
