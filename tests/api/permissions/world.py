"""A world in which every kind of row exists once, each private value with a word of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations
from typing import Any

from sqlmodel import Session, SQLModel

from api.wiring import Service
from matchmaker.accounts.actions import add_token
from matchmaker.accounts.models import EVERY_SCOPE, Account, Acting, Role, Scope
from matchmaker.accounts.sessions import start_session
from matchmaker.people.inviting import add_person
from matchmaker.people.representing import Invited
from matchmaker.profiles.actions import import_profile, set_visibility
from matchmaker.profiles.models import Part, Profile, Representation, Visibility
from tests.api.permissions.callers import ROLES, Caller
from tests.api.permissions.words import planted
from tests.factories import desk, profile_draft, saved_profile

EARLIER = timedelta(days=31)
SCOPES = [frozenset(some) for count in range(1, len(Scope)) for some in combinations(sorted(Scope), count)]
MAILS = {
    Caller.REPRESENTATIVE: "representative mail",
    Caller.COUNTERPART: "counterpart mail",
    Caller.STRANGER: "stranger account mail",
    Caller.APPLICANT: "applicant account mail",
}


@dataclass
class World:
    """Numbers and secrets by name; who acts; the keys by which callers are known."""

    service: Service
    names: dict[str, int | str] = field(default_factory=dict)
    acting: dict[Caller, Acting] = field(default_factory=dict)
    tokens: dict[tuple[Caller, frozenset[Scope]], str] = field(default_factory=dict)
    cookies: dict[Caller, str] = field(default_factory=dict)

    def headers(self, caller: Caller, scopes: frozenset[Scope] = EVERY_SCOPE) -> Mapping[str, str]:
        """What a caller sends to be known, by a token for as much as is said."""
        key = self.tokens.get((caller, scopes))
        return {"Accept-Language": "es"} | ({"Authorization": f"Bearer {key}"} if key else {})

    def number(self, name: str) -> int:
        return int(self.names[name])

    def keep(self, session: Session, name: str, row: SQLModel) -> int:
        """Save a row; its number is known by this name from now on."""
        session.add(row)
        session.flush()
        number = int(getattr(row, "id", 0) or 0)
        self.names[name] = number
        return number


def add_people(session: Session, world: World) -> None:
    """Everyone with an account, a token for each set of scopes, and a browser in which they are signed in."""
    now = world.service.clock()
    for caller, role in ROLES.items():
        mail = planted(MAILS[caller]) if caller in MAILS else caller.value
        name = planted("reporter") if caller is Caller.STRANGER else caller.value.title()
        row = Account(name=name, role=role, email=f"{mail}@{caller.value}.example", created_at=now)
        number = world.keep(session, caller.value, row)
        world.acting[caller] = Acting(account_id=number, role=role)
        for scopes in [*SCOPES, EVERY_SCOPE]:
            label = planted("label") if caller is Caller.REPRESENTATIVE else "Tablero"
            world.tokens[caller, scopes] = add_token(
                session, account=row, label=label, now=now, expires_at=None, scopes=scopes
            )
        device = planted("device") if caller is Caller.REPRESENTATIVE else "Firefox"
        world.cookies[caller] = start_session(session, account=row, device=device, now=now)
    for spare, role in (("juror", Role.COMMITTEE), ("leaver", Role.SECRETARIAT), ("other_assessor", Role.SUPPLIER),
                        ("examiner", Role.COMMITTEE)):  # fmt: skip
        row = Account(name=spare, role=role, email=f"{spare}@x.example", created_at=now)
        world.keep(session, spare, row)


def add_members(session: Session, world: World) -> None:
    """Profiles with those who act for them, seen or not."""
    seen = {
        "city": (Caller.REPRESENTATIVE, {"kind": "local_government", "email": mail("city mail")}),
        "firm": (Caller.COUNTERPART, {"email": mail("firm mail"), "registration_number": planted("registration")}),
        "other": (Caller.STRANGER, {"email": mail("stranger mail"), "address": f"{planted('street')} 12"}),
        "jury": (Caller.COMMITTEE, {"kind": "civil_society"}),
        "assessing": (Caller.ASSESSOR, {"kind": "academic"}),
        "barred": (Caller.SUSPENDED, {"name": planted("suspended name"), "email": mail("suspended mail")}),
    }
    for name, (caller, changes) in seen.items():
        add_member(session, world, name, caller, **changes)
    for name in ("drafting", "applying", "assessed", "voted", "refused", "unapplied"):
        word = planted("assessed name" if name in {"assessed", "voted"} else "applicant name")
        number = add_member(session, world, name, Caller.APPLICANT, name=word, email=mail("applicant mail"))
        hide(session, world, number)
    editor, juror = world.number(Caller.EDITOR), world.number("juror")
    session.add(Representation(account_id=editor, profile_id=world.number("city"), part=Part.EDITOR))
    session.add(Representation(account_id=juror, profile_id=world.number("other"), part=Part.EDITOR))
    for name, someone in (("asked", "leaver"), ("asked_stranger", Caller.STRANGER)):
        account = session.get_one(Account, world.number(someone))
        invited = Invited(address=account.email or "", name=someone.title(), language="es")
        made = add_person(
            session, acting=world.acting[Caller.REPRESENTATIVE], profile_id=world.number("city"), invited=invited,
            part=Part.EDITOR, now=world.service.clock(),
        )  # fmt: skip
        world.names[name] = made.id or 0
    for name, address in (("unclaimed", "unclaimed"), ("invited", "invited mail")):
        draft = profile_draft(
            name=planted(f"{name} name"), external_id=name, email=mail(address) if " " in address else "u@u.example"
        )
        row, _ = import_profile(session, desk=desk(), source="fair", draft=draft, visibility=Visibility.UNCLAIMED)
        world.names[name] = row.id or 0


def add_member(session: Session, world: World, known_as: str, caller: Caller, **changes: Any) -> int:
    """A profile for which a caller speaks."""
    draft = {"name": known_as.title(), "email": f"{known_as}@{known_as}.example", "place": None} | changes
    row = saved_profile(session, acting=world.acting[caller], **draft)
    world.names[known_as] = row.id or 0
    return row.id or 0


def hide(session: Session, world: World, profile_id: int) -> None:
    """Show a profile no more, as admission does."""
    profile = session.get_one(Profile, profile_id)
    set_visibility(session, profile=profile, visibility=Visibility.HIDDEN, now=world.service.clock())


def mail(name: str) -> str:
    """An e-mail address with the word of a private value."""
    return f"{planted(name)}@{planted(name)}.example"
