"""The world of the table of permissions with more in it: whom lists lead to that are empty there."""

import shutil
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session

from api.settings import Settings
from api.wiring import Service
from matchmaker.integrity.models import Conflict
from matchmaker.introductions.drafts import PolicyDraft
from matchmaker.introductions.quotas import set_asking_policy
from matchmaker.matching.shortlist import NoteDraft, consider
from matchmaker.membership.models import Standing
from matchmaker.membership.states import Status
from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World
from tests.factories import NOW
from tests.fakes import HashingEncoder

SQLITE = "sqlite:///"


def enriched(world: World, folder: Path) -> Settings:
    """Where a copy of the world is kept in which the city may be asked and members are admitted."""
    known = world.service.settings
    shutil.copytree(known.var_directory, folder / "var")
    shutil.copy(known.database_url.removeprefix(SQLITE), folder / "world.sqlite")
    changes = {"database_url": f"{SQLITE}{folder}/world.sqlite", "var_directory": folder / "var"}
    service = Service(known.model_copy(update=changes), clock=lambda: NOW, encoder=HashingEncoder())
    with service.database.transaction() as session:
        _enrich(session, service, world)
    service.synchroniser.drain()
    service.close()
    return service.settings


def _enrich(session: Session, service: Service, world: World) -> None:
    """Firms may ask the city, which considers two of them; one member was admitted; a conflict waits."""
    set_asking_policy(
        session, taxonomy=service.taxonomy, acting=world.acting[Caller.REPRESENTATIVE],
        profile_id=world.number("city"), draft=PolicyDraft(kinds=["company"], per_week=3),
    )  # fmt: skip
    consider(
        session, acting=world.acting[Caller.REPRESENTATIVE], challenge_id=world.number("challenge_challenge"),
        profile_id=world.number("other"), draft=NoteDraft(note="La otra"), now=NOW,
    )  # fmt: skip
    earlier = NOW - timedelta(days=3)
    session.add(
        Standing(profile_id=world.number("other"), status=Status.ACTIVE, admitted_at=earlier, changed_at=earlier)
    )
    first, second = sorted((world.number("city"), world.number("jury")))
    session.add(Conflict(first_id=first, second_id=second, created_at=earlier))
