"""Who has a challenge together, as a page."""

from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.typed import Typed
from api.web.work_views import OwnerShown, OwnersPage
from matchmaker.accounts.models import Acting
from matchmaker.challenges import owning
from matchmaker.challenges.queries import get_challenge, owns
from matchmaker.profiles.naming import profiles_called
from matchmaker.profiles.queries import represented_by
from matchmaker.profiles.speaking import profiles_spoken_for

SHOWN_MEMBERS = 10


def owners_page(
    asked: Asked, challenge_id: int, *, called: str = "", wrong: Typed | None = None, done: str = ""
) -> OwnersPage:
    """For those who have it, and those asked. Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`."""
    acting, session = asked.signed_in(), asked.session
    found = owning.owners_of(session, acting=acting, challenge_id=challenge_id)
    challenge = get_challenge(session, acting=acting, challenge_id=challenge_id).challenge
    may_ask = acting.is_secretariat or owns(session, acting=acting, challenge_id=challenge_id)
    known = {each.profile.id for each in found}
    candidates = profiles_called(session, acting=acting, words=called, limit=SHOWN_MEMBERS) if may_ask else []
    return OwnersPage(
        language=asked.language,
        frame=asked.frame("work"),
        line=challenge_line(challenge, owners_of(session, [challenge], acting=acting)),
        owners=_shown(asked, acting, found, may_ask=may_ask),
        may_ask=may_ask,
        typed=Typed({"called": called}),
        found=tuple(named(row) for row in candidates if row.id not in known),
        wrong=wrong or Typed(),
        done=done,
    )


def _shown(asked: Asked, acting: Acting, found: list[owning.Owner], *, may_ask: bool) -> tuple[OwnerShown, ...]:
    spoken_for = profiles_spoken_for(asked.session, acting=acting)
    own = set(represented_by(asked.session, acting=acting))
    joined = sum(each.has_joined for each in found)
    shown = []
    for each in found:
        number, acts = each.profile.id or 0, set()
        if number in spoken_for and not each.has_joined:
            acts = {"answer"}
        elif not each.has_joined and may_ask:
            acts = {"take_back"}
        elif number in spoken_for and joined > 1:
            acts = {"leave"}
        shown.append(OwnerShown(named(each.profile), each.has_joined, each.is_first, number in own, frozenset(acts)))
    return tuple(shown)
