"""Challenges that their authors keep to some, one that is not posted, one of several, and a shortlist."""

from sqlmodel import Session

from matchmaker.challenges.drafting import begin_challenge
from matchmaker.challenges.drafts import Sketch
from matchmaker.challenges.models import CoOwner
from matchmaker.challenges.readers import name_guest
from matchmaker.matching.shortlist import NoteDraft, consider
from matchmaker.profiles.models import Profile
from tests.api.permissions.callers import Caller
from tests.api.permissions.words import planted
from tests.api.permissions.world import World
from tests.factories import desk, saved_challenge


def add_challenges(session: Session, world: World) -> None:
    """All of the city: for members, for the stranger's member, a draft, and one that the jury has too."""
    acting, now = world.acting[Caller.REPRESENTATIVE], world.service.clock()
    city = session.get_one(Profile, world.number("city"))
    titles = {"members": planted("members challenge"), "invited": planted("invited challenge"), "shared": "Compartido"}
    for name, title in titles.items():
        audience = "public" if name == "shared" else name
        row = saved_challenge(session, acting=acting, owner=city, title=title, audience=audience)
        world.names[f"{name}_challenge"] = row.id or 0
    name_guest(session, acting=acting, challenge_id=world.number("invited_challenge"), profile_id=world.number("other"))
    sketch = Sketch(title=planted("draft challenge"), description="Falta agua en los barrios altos.")
    draft = begin_challenge(session, desk=desk(), acting=acting, owner_id=city.id or 0, sketch=sketch)
    world.names |= {"draft_challenge": draft.id or 0, "step": "words"}
    for name, joined in (("jury", now), ("assessing", None)):
        owner = CoOwner(challenge_id=world.number("shared_challenge"), profile_id=world.number(name), asked_at=now,
                        joined_at=joined)  # fmt: skip
        session.add(owner)
    consider(
        session, acting=acting, challenge_id=world.number("challenge_challenge"), profile_id=world.number("firm"),
        draft=NoteDraft(note=planted("note of shortlist")), now=now,
    )  # fmt: skip
