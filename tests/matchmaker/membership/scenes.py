"""People around an application."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlmodel import Session

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.membership.actions import begin_application, submit_application, switch_process
from matchmaker.membership.assessing import Scored, appoint_assessor, assessments_of, score
from matchmaker.membership.charter import Charter, load_charter
from matchmaker.membership.committees import constitute, fill_seat, hold_first_assembly, open_committee
from matchmaker.membership.models import Application, Committee
from matchmaker.membership.office import Office
from matchmaker.membership.rules import Admission
from matchmaker.membership.states import CommitteeKind
from matchmaker.profiles.actions import create_profile
from matchmaker.profiles.models import Profile, Visibility
from tests.factories import NOW, desk, profile_draft, signed_in
from tests.fakes import FakeConflicts

VERSION = "2017.1"
KINDS = ("local_government", "company", "academic", "civil_society")
"""One kind of each sector, in the order of the sectors."""


@cache
def charter() -> Charter:
    return load_charter(Path(__file__).parents[3] / "data")


@dataclass
class Scene:
    """An applicant, a secretary, and whoever else a test calls."""

    session: Session
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    office: Office = field(init=False)
    secretary: Acting = field(init=False)
    applicant: Acting = field(init=False)
    profile: Profile = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(
            charter=charter(), conflicts=self.conflicts, admission=Admission.REVIEWED, signing_key="key", now=NOW
        )
        self.secretary = signed_in(self.session, role=Role.SECRETARIAT, name="Rosa")
        self.applicant = signed_in(self.session, role=Role.SUPPLIER, name="Luís")
        self.profile = self.agent(self.applicant)

    def agent(self, acting: Acting, *, kind: str = "company", visibility: Visibility = Visibility.HIDDEN) -> Profile:
        return create_profile(
            self.session, desk=desk(), acting=acting, draft=profile_draft(kind=kind), visibility=visibility
        )

    def later(self, days: int) -> Office:
        return replace(self.office, now=NOW + timedelta(days=days))

    def begun(self) -> Application:
        return begin_application(
            self.session,
            office=self.office,
            acting=self.applicant,
            profile_id=self.profile.id or 0,
            words="Por agua",
        )

    def submitted(self) -> Application:
        row = self.begun()
        return submit_application(self.session, office=self.office, acting=self.applicant, application_id=row.id or 0)

    def switch(self, *, criteria: str = "", assessors: bool = False, committee: bool = False) -> None:
        switch_process(
            self.session, office=self.office, acting=self.secretary, criteria_version=criteria,
            has_assessors=assessors, has_committee=committee, reason="Lo acordó el comité",
        )  # fmt: skip

    def person(self, name: str, *, role: Role = Role.COMMITTEE, kind: str = "company") -> tuple[Acting, Profile]:
        acting = signed_in(self.session, role=role, name=name)
        return acting, self.agent(acting, kind=kind, visibility=Visibility.VISIBLE)

    def assessor(self, name: str) -> tuple[Acting, Profile]:
        acting, profile = self.person(name, role=Role.CITY)
        appoint_assessor(self.session, office=self.office, acting=self.secretary, account_id=acting.account_id or 0)
        return acting, profile

    def seated(self, committee: Committee, kinds: tuple[str, ...] = KINDS) -> list[tuple[Acting, Profile]]:
        people = [self.person(f"{committee.kind} {number}", kind=kind) for number, kind in enumerate(kinds)]
        for acting, profile in people:
            fill_seat(
                self.session, office=self.office, acting=self.secretary, committee_id=committee.id or 0,
                profile_id=profile.id or 0, account_id=acting.account_id or 0,
            )  # fmt: skip
        return people

    def opened(self, kind: CommitteeKind = CommitteeKind.FOUNDING) -> Committee:
        return open_committee(self.session, office=self.office, acting=self.secretary, kind=kind)

    def founded(self, kinds: tuple[str, ...] = KINDS) -> tuple[Committee, list[tuple[Acting, Profile]]]:
        committee = self.opened()
        people = self.seated(committee, kinds)
        constitute(
            self.session, office=self.office, acting=self.secretary, committee_id=committee.id or 0,
            constituted_on=NOW.date(), text_version=VERSION,
        )  # fmt: skip
        return committee, people

    def hand_over(self, committee: Committee) -> None:
        hold_first_assembly(
            self.session, office=self.office, acting=self.secretary, committee_id=committee.id or 0,
            held_on=NOW.date(), text_version=VERSION,
        )  # fmt: skip

    def assessed(self, row: Application) -> None:
        for given in assessments_of(self.session, application_id=row.id):
            account = self.session.get_one(Account, given.account_id)
            acting = Acting(account_id=account.id, role=Role(account.role))
            score(self.session, office=self.office, acting=acting, assessment_id=given.id or 0, scores=full_scores())

    def conflict(self, *profiles: Profile) -> None:
        self.conflicts.confirmed.add(frozenset(profile.id or 0 for profile in profiles))


def full_scores(points: int = 3) -> list[Scored]:
    """A score for every criterion."""
    return [Scored(code, points, "Lo dice su perfil") for code in charter().criteria[VERSION].weights]


def moment(days: int) -> datetime:
    return NOW + timedelta(days=days)
