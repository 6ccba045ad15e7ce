"""An export tells what concerns the subject, and not what another declared, answered or wrote."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import Acting, Role
from matchmaker.integrity.models import (
    Conflict,
    ConflictState,
    Declaration,
    Ground,
    Incident,
    IncidentState,
    IncidentStep,
    Interest,
)
from matchmaker.introductions.models import Introduction, IntroductionQuestion, IntroductionSide, Phase, Side, Word
from matchmaker.mentoring.models import Mentoring
from matchmaker.migrations.tables import tables
from matchmaker.profiles.models import Profile
from matchmaker.rights.export import export
from matchmaker.rights.models import Subject
from matchmaker.rights.policies import POLICIES
from matchmaker.rights.sight import SIGHTS
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in
from tests.matchmaker.rights.test_export import opened


def told(session: Session, acting: Acting, *, profile: Profile | None = None) -> dict[str, Any]:
    """The tables of a member's archive, or of the person's."""
    subject = Subject.ACCOUNT if profile is None else Subject.PROFILE
    number = (acting.account_id if profile is None else profile.id) or 0
    archive = opened(export(session, acting=acting, subject=subject, subject_id=number, now=NOW))
    names = [name for name in archive.namelist() if name.endswith(".json")]
    return {name.removesuffix(".json"): json.loads(archive.read(name)) for name in names}


def two(session: Session) -> tuple[Acting, Profile, Acting, Profile]:
    ana, eve = signed_in(session), signed_in(session, name="Eva", role=Role.SUPPLIER)
    return ana, saved_profile(session, acting=ana), eve, saved_profile(session, acting=eve)


def test_whatever_is_not_told_whole_says_why() -> None:
    for name in tables().tables:
        policy = POLICIES[name]
        assert (name in SIGHTS) is bool(policy.seen_by), name
        assert set(policy.hidden) <= set(tables().tables[name].c.keys()), name
        assert all(policy.hidden.values()), name
        assert set(policy.told_with or ()) <= set(policy.gone_with), name
    withheld = {name for name, policy in POLICIES.items() if policy.withheld}
    assert withheld == {
        "conflict", "event_suggestion", "agenda_paper", "working_agenda", "profiles_apart", "challenges_apart",
    }  # fmt: skip


def test_a_member_reads_its_own_declarations_and_never_those_of_the_other_side(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, eve, other = two(session)
        pair = Conflict(
            first_id=mine.id or 0, second_id=other.id or 0, state=ConflictState.CONFIRMED, reason="Leímos el acta.",
            decided_at=NOW - timedelta(days=1), created_at=NOW - timedelta(days=3),
        )  # fmt: skip
        session.add(pair)
        session.flush()
        number = pair.id or 0
        session.add(
            Ground(conflict_id=number, code="family", declared_by_id=other.id, added_at=NOW - timedelta(days=2))
        )
        session.add(Ground(conflict_id=number, code="same_mail_domain", added_at=NOW - timedelta(days=3)))
        before = told(session, ana, profile=mine)
        assert before["conflict_ground"] == [{"code": "same_mail_domain", "declared_by_id": None}]
        session.add(Ground(conflict_id=number, code="ownership", declared_by_id=mine.id, added_at=NOW))
        after = told(session, ana, profile=mine)["conflict_ground"][0]
        assert (after["code"], after["with_profile_id"], after["state"]) == ("ownership", other.id, "unknown")
        theirs = told(session, eve, profile=other)["conflict_ground"][0]
        assert (theirs["code"], theirs["state"]) == ("family", "confirmed")
        assert "conflict" not in {*before, *told(session, eve, profile=other)}


def test_a_declaration_goes_to_who_made_it_and_not_to_whom_it_names(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, eve, other = two(session)
        declared = Declaration(profile_id=mine.id or 0, account_id=ana.account_id or 0, declared_at=NOW)
        session.add(declared)
        session.flush()
        session.add(Interest(declaration_id=declared.id or 0, nature="family", with_profile_id=other.id))
        assert [row["nature"] for row in told(session, ana)["interest"]] == ["family"]
        for archive in (told(session, ana, profile=mine), told(session, eve, profile=other), told(session, eve)):
            assert not {"interest", "declaration"} & set(archive)


def test_a_report_is_told_from_its_examination_on_without_who_made_it(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, eve, _ = two(session)
        row = Incident(
            about_id=mine.id or 0, reporter_id=eve.account_id, is_protected=True, code_version="2026.1", article="x",
            text="Solo ella lo sabía.", created_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(
            IncidentStep(incident_id=row.id or 0, account_id=eve.account_id, state="examined", reason="Sí.", at=NOW)
        )
        assert "incident" not in told(session, ana, profile=mine)
        assert told(session, eve)["incident"][0]["text"] == "Solo ella lo sabía."
        row.state = IncidentState.EXAMINED
        session.flush()
        archive = told(session, ana, profile=mine)
        assert (archive["incident"][0]["text"], "reporter_id" in archive["incident"][0]) == ("", False)
        assert (archive["incident_step"][0]["reason"], "account_id" in archive["incident_step"][0]) == ("Sí.", False)


@pytest.mark.parametrize("phase", [Phase.HELD, Phase.WAITING, Phase.SEALED])
def test_an_introduction_looks_the_same_while_it_is_held_waits_or_is_sealed(database: Database, phase: Phase) -> None:
    with database.transaction() as session:
        ana, mine, eve, other = two(session)
        challenge = saved_challenge(session, acting=ana, owner=mine)
        row = Introduction(
            challenge_id=challenge.id or 0, owner_id=mine.id or 0, profile_id=other.id or 0, proposed_by="owner",
            message="¿Hablamos?", phase=phase, created_at=NOW, expires_at=NOW + timedelta(days=14),
        )  # fmt: skip
        session.add(row)
        session.flush()
        number = row.id or 0
        session.add(IntroductionSide(introduction_id=number, side=Side.OWNER, told_at=NOW, word=Word.YES))
        session.add(IntroductionSide(introduction_id=number, side=Side.PROFILE, word=Word.NO, words="Nunca."))
        session.add(IntroductionQuestion(introduction_id=number, asked_by="owner", text="¿Cuándo?", asked_at=NOW))
        archive = told(session, ana, profile=mine)
        assert [one["state"] for one in archive["introduction"]] == ["waiting"]
        assert not {"phase", "created_at", "paused_at"} & set(archive["introduction"][0])
        assert [(one["side"], one["answer"]) for one in archive["introduction_side"]] == [("owner", "yes")]
        assert [one["text"] for one in archive["introduction_question"]] == ["¿Cuándo?"]
        assert not [name for name in told(session, eve, profile=other) if name.startswith("introduction")]


def test_a_side_of_a_mentoring_reads_its_own_answer_alone(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, _, other = two(session)
        session.add(
            Mentoring(
                mentor_id=mine.id or 0, mentee_id=other.id or 0, hours_a_month=2, message="¿Nos ayudan?",
                mentor_answer="yes", mentee_answer="no", told_at=NOW, created_at=NOW,
                expires_at=NOW,
            )
        )  # fmt: skip
        session.flush()
        [row] = told(session, ana, profile=mine)["mentoring"]
        assert (row["own_answer"], "mentee_answer" in row) == ("yes", False)


def test_who_asks_for_a_mentoring_does_not_read_whether_the_other_was_told(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, eve, other = two(session)
        for told_at in (None, NOW + timedelta(hours=1)):
            session.add(
                Mentoring(
                    mentor_id=other.id or 0, mentee_id=mine.id or 0, proposer="mentee", hours_a_month=2, message="x",
                    told_at=told_at, created_at=NOW, expires_at=NOW,
                )
            )  # fmt: skip
        session.flush()
        held, asked = told(session, ana, profile=mine)["mentoring"]
        assert held["told_at"] == asked["told_at"] == held["created_at"]
        [seen] = told(session, eve, profile=other)["mentoring"]
        assert seen["told_at"] > seen["created_at"]


def test_rows_that_only_name_a_person_are_told_without_words(database: Database) -> None:
    with database.transaction() as session:
        ana, mine, eve, _ = two(session)
        pair = saved_challenge(session, acting=ana, owner=mine)
        assert pair.id
        row = Incident(
            about_id=mine.id or 0, assigned_id=eve.account_id, code_version="2026.1", article="x", text="Secreto.",
            created_at=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
        assert "Secreto." not in json.dumps(told(session, eve))
