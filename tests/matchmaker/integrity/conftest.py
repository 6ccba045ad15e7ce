"""Members with their representatives, a secretary, and a database of either kind."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import Acting, Role
from matchmaker.integrity.actions import decide_conflict, declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Conflict, Decision, Nature
from matchmaker.integrity.pairs import conflict_of
from matchmaker.integrity.rulebook import Rulebook, load_rulebook
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.store.database import Database
from tests.factories import NOW, saved_profile, signed_in


@dataclass
class House:
    """Who is there. Every member has an account and a mail domain of its own."""

    session: Session
    secretary: Acting = field(init=False)
    rulebook: Rulebook = field(default_factory=load_rulebook)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.secretary = signed_in(self.session, role=Role.SECRETARIAT, name="Rosa")

    def member(self, **changes: Any) -> tuple[Profile, Acting]:
        """A profile and the account that represents it."""
        number = next(self._numbers)
        acting = signed_in(self.session, role=Role.SUPPLIER, name=f"Persona {number}")
        changes = {"name": f"Miembro {number}", "email": f"a@miembro{number}.example", "place": None} | changes
        return saved_profile(self.session, acting=acting, **changes), acting

    def committee(self, *profiles: Profile) -> Acting:
        """A member of the committee who acts for these profiles."""
        acting = signed_in(self.session, role=Role.COMMITTEE, name="Comité")
        self.acts(acting, *profiles)
        return acting

    def acts(self, acting: Acting, *profiles: Profile, part: Part = Part.REPRESENTATIVE) -> None:
        for profile in profiles:
            assert acting.account_id is not None
            self.session.add(Representation(account_id=acting.account_id, profile_id=profile.id or 0, part=part))
        self.session.flush()

    def declare(self, acting: Acting, profile: Profile, other: Profile, **changes: Any) -> Conflict:
        """The conflict that stands after one side has declared it."""
        draft = ConflictDraft.model_validate({"with_profile_id": other.id, "nature": Nature.FAMILY} | changes)
        declare_conflict(self.session, acting=acting, profile_id=profile.id or 0, draft=draft, now=NOW)
        return self.between(profile, other)

    def decide(
        self, conflict: Conflict, decision: Decision, *, reason: str = "Leímos el registro.", now: datetime = NOW
    ) -> Conflict:
        return decide_conflict(
            self.session, acting=self.secretary, conflict_id=conflict.id or 0, decision=decision, reason=reason, now=now
        )

    def between(self, profile: Profile, other: Profile) -> Conflict:
        found = conflict_of(self.session, profile.id or 0, other.id or 0)
        assert found is not None
        return found


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    with database.transaction() as session:
        yield House(session)
