"""A mentor, a member that asks, and what they say to each other."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import Session, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.errors import DomainError
from matchmaker.letters.models import Letter
from matchmaker.mentoring.actions import answer_mentoring, propose_mentoring
from matchmaker.mentoring.drafts import MentoringDraft, MentorOfferDraft
from matchmaker.mentoring.models import Answer, Mentoring, MentorOffer
from matchmaker.mentoring.offers import save_offer
from matchmaker.profiles.models import Profile
from tests.factories import NOW, desk, lists, saved_profile, signed_in


def town(session: Session, name: str) -> tuple[Acting, Profile]:
    """A city with someone who speaks for it and has an address."""
    acting = signed_in(session, name=f"Alguien de {name}")
    session.get_one(Account, acting.account_id).email = f"{name.lower()}{acting.account_id}@ciudad.example"
    return acting, saved_profile(session, acting=acting, kind="local_government", name=name, email="")


@dataclass
class Pair:
    """Two cities; the first mentors ten hours a month."""

    session: Session
    mentor: Acting = field(init=False)
    mentor_profile: Profile = field(init=False)
    mentee: Acting = field(init=False)
    mentee_profile: Profile = field(init=False)

    def __post_init__(self) -> None:
        self.mentor, self.mentor_profile = town(self.session, "Curitiba")
        self.mentee, self.mentee_profile = town(self.session, "Sogamoso")
        self.offer()

    def offer(self, **changes: Any) -> MentorOffer:
        stated = {"areas": ["energy_environment"], "languages": ["es", "pt"], "hours_a_month": 10} | changes
        return save_offer(
            self.session, desk=desk(), acting=self.mentor, profile_id=self.mentor_profile.id or 0,
            draft=MentorOfferDraft.model_validate(stated),
        )  # fmt: skip

    def propose(self, acting: Acting | None = None, **changes: Any) -> Mentoring:
        asked = {
            "mentor_id": self.mentor_profile.id, "mentee_id": self.mentee_profile.id, "hours_a_month": 4,
            "message": "¿Nos ayudan a leer los sensores?",
        } | changes  # fmt: skip
        draft = MentoringDraft.model_validate(asked)
        return propose_mentoring(self.session, acting=acting or self.mentee, draft=draft, lists=lists(), now=NOW)

    def answer(self, acting: Acting, request: Mentoring, answer: Answer = Answer.YES) -> Mentoring:
        return answer_mentoring(
            self.session, acting=acting, mentoring_id=request.id or 0, answer=answer, lists=lists(), now=NOW
        )

    def agreed(self, **changes: Any) -> Mentoring:
        return self.answer(self.mentor, self.propose(**changes))

    def letters(self) -> list[tuple[str, int | None]]:
        rows = self.session.exec(select(Letter).order_by(Letter.id)).all()  # type: ignore[arg-type]
        return [(row.kind, row.account_id) for row in rows]


@pytest.fixture
def pair(database: Any) -> Any:
    with database.transaction() as session:
        yield Pair(session)


def refused(call: Any) -> str:
    """The code of a refusal."""
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code
