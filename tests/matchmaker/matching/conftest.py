"""A city with a challenge, agents around it, and an index of what the database says."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import Session

from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import MatchList, Wanted, find_matches, stored_ask
from matchmaker.matching.asks import Ask
from matchmaker.matching.documents import all_ids, load_documents
from matchmaker.matching.ports import Subject
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from tests.factories import NOW, saved_challenge, saved_profile, signed_in, taxonomy
from tests.fakes import InMemoryIndex

LEAKS, SECTORS, LAMPS = (
    "Buscar fugas de agua escondidas en la red",
    "Dividir la red en sectores con medidores",
    "Cambiar lámparas viejas por alumbrado eficiente",
)


@dataclass
class Scene:
    """Who is there. `index` knows what was committed when `read` was last called."""

    session: Session
    city: Acting = field(init=False)
    town: Profile = field(init=False)
    index: InMemoryIndex = field(init=False)

    def __post_init__(self) -> None:
        self.city = signed_in(self.session, name="Ciudad")
        self.town = saved_profile(
            self.session, acting=self.city, kind="local_government", name="Sogamoso", summary=f"{LEAKS}.", offers=[],
            experience=[],
        )  # fmt: skip
        self.read()

    def read(self) -> None:
        """Bring the index to what the database says."""
        self.session.flush()
        found = [
            document
            for subject in Subject
            for document in load_documents(
                self.session, subject=subject, ids=all_ids(self.session, subject=subject)
            ).values()
        ]
        self.index = InMemoryIndex(tuple(found))

    def agent(self, *texts: str, visibility: Visibility = Visibility.VISIBLE, **changes: Any) -> Profile:
        """A profile with one offer for each text, represented by an account of its own."""
        acting = signed_in(self.session, role=Role.SUPPLIER, name="Agente")
        offers = [{"title": "", "text": f"{text}."} for text in texts]
        values = {"summary": "", "experience": [], "offers": offers} | changes
        made = saved_profile(self.session, acting=acting, **values)
        self.show(made, visibility)
        self.read()
        return made

    def show(self, profile: Profile, visibility: Visibility) -> None:
        set_visibility(self.session, profile=profile, visibility=visibility, now=NOW)
        self.session.flush()

    def challenge(self, *needs: str, owner: Profile | None = None, **changes: Any) -> Challenge:
        """A challenge of the town or of another owner."""
        values = {"needs": list(needs), "description": ". ".join(needs) + ".", "principles": []} | changes
        made = saved_challenge(self.session, acting=OPERATOR, owner=owner or self.town, **values)
        self.read()
        return made

    def ask(self, challenge: Challenge) -> Ask:
        full = get_challenge(self.session, acting=OPERATOR, challenge_id=challenge.id or 0)
        return stored_ask(full, taxonomy=taxonomy())

    def find(self, challenge: Challenge, *, acting: Acting | None = None, **wanted: Any) -> MatchList:
        """The matches of a challenge."""
        return find_matches(
            self.session, index=self.index, acting=acting or self.city, ask=self.ask(challenge),
            wanted=Wanted(**wanted), owner_id=challenge.owner_id,
        )  # fmt: skip

    def found(self, challenge: Challenge, *, acting: Acting | None = None, **wanted: Any) -> list[int]:
        """The numbers of the matches, in order."""
        return [match.full.profile.id or 0 for match in self.find(challenge, acting=acting, **wanted).matches]


@pytest.fixture
def scene(sqlite_database: Any) -> Any:
    with sqlite_database.transaction() as session:
        yield Scene(session)
