"""What one does with a challenge that is posted: choose, compare, note, propose, follow, share."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.security import who_searches
from api.web.choosing import COMPARED_AT_MOST, compare_page, peers_page, propose_page, shortlist_page
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.owners import owners_page
from api.web.typing import UNPROCESSABLE, refused, understood
from api.web.work import conversations_page, work_page
from matchmaker.accounts.models import Acting
from matchmaker.challenges.owning import answer_as_owner, ask_owner, leave_challenge
from matchmaker.challenges.queries import get_challenge, own_challenge
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.introductions.drafts import ProposalDraft
from matchmaker.introductions.matched import match_between
from matchmaker.introductions.proposing import propose
from matchmaker.matching.shortlist import NoteDraft, consider, consider_no_longer
from matchmaker.texts import Words

LARGEST_NUMBER = 2**31 - 1
WORK_DONE = frozenset({"saved", "discarded", "left", "declined"})
OWNERS_DONE = frozenset({"asked", "joined", "taken_back"})
NOTED = frozenset({"noted", "added", "removed"})
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Chosen = Annotated[list[Annotated[int, Query(ge=1, le=LARGEST_NUMBER)]] | None, Query(max_length=20)]
One = Annotated[int, Query(ge=1, le=LARGEST_NUMBER)]
FormNumber = Annotated[int, Form(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Called = Annotated[str, Query(max_length=200)]
Typing = Annotated[str, Form()]
SEARCHES = [Depends(who_searches)]
work = APIRouter(default_response_class=HTMLResponse)


class Message(BaseModel):
    """What whoever proposes writes to the other side."""

    message: Words


@work.get("/work")
def read_work(asked: AskedPage, done: str = "") -> Response:
    """Own challenges and what waits."""
    return page(work_page(asked, done=done if done in WORK_DONE else ""))


@work.get("/challenges/{challenge_id}/compare", dependencies=SEARCHES)
def read_compare(asked: AskedPage, challenge_id: Number, profile: Chosen = None) -> Response:
    """Up to four agents beside one another."""
    return page(compare_page(asked, challenge_id, (profile or [])[:COMPARED_AT_MOST]))


@work.get("/challenges/{challenge_id}/peers", dependencies=SEARCHES)
def read_peers(asked: AskedPage, challenge_id: Number) -> Response:
    """Others with a similar challenge."""
    return page(peers_page(asked, challenge_id))


@work.get("/challenges/{challenge_id}/conversations")
def read_conversations(asked: AskedPage, challenge_id: Number, after: After = 0) -> Response:
    """Every introduction on a challenge."""
    return page(conversations_page(asked, challenge_id, after=after))


@work.get("/challenges/{challenge_id}/shortlist", dependencies=SEARCHES)
def read_shortlist(asked: AskedPage, challenge_id: Number, done: str = "") -> Response:
    """Whom the owners consider."""
    return page(shortlist_page(asked, challenge_id, done=done if done in NOTED else ""))


@work.post("/challenges/{challenge_id}/shortlist")
def post_note(
    asked: AskedPage, challenge_id: Number, profile: FormNumber, note: Typing = "", act: Typing = "", back: Typing = ""
) -> Response:
    """Consider an agent, with a note; or no longer. `back`: the page that the button stood on."""
    draft, now = NoteDraft.model_validate({"note": note[:2_000]}), asked.service.clock()

    def change(session: Session, acting: Acting) -> None:
        if act == "remove":
            consider_no_longer(session, acting=acting, challenge_id=challenge_id, profile_id=profile)
        else:
            consider(session, acting=acting, challenge_id=challenge_id, profile_id=profile, draft=draft, now=now)

    _do(asked, change)
    done = {"remove": "removed", "add": "added"}.get(act, "noted")
    where = f"?shown={back}#match-{profile}" if back.isdigit() else f"/shortlist?done={done}#done"
    return asked.here(f"/challenges/{challenge_id}{where}")


@work.get("/challenges/{challenge_id}/propose", dependencies=SEARCHES)
def read_propose(asked: AskedPage, challenge_id: Number, profile: One) -> Response:
    """Write to an agent."""
    return page(propose_page(asked, challenge_id, profile))


@work.post("/challenges/{challenge_id}/propose", dependencies=SEARCHES)
def post_propose(asked: AskedPage, challenge_id: Number, profile: FormNumber, message: Typing = "") -> Response:
    """Propose an introduction; it leads to the conversation."""
    acting, service = asked.signed_in(), asked.service
    if not acting.is_secretariat:
        own_challenge(asked.session, acting=acting, challenge_id=challenge_id)
    written, typed = understood(asked, Message, {"message": message})
    if written is None:
        return page(propose_page(asked, challenge_id, profile, typed=typed), status=UNPROCESSABLE)
    draft = ProposalDraft(challenge_id=challenge_id, profile_id=profile, message=written.message)
    matched = match_between(
        asked.session, index=service.index, taxonomy=service.taxonomy, acting=acting, challenge_id=challenge_id,
        profile_id=profile,
    )  # fmt: skip
    asked.session.close()
    try:
        with service.database.transaction() as session:
            kept = propose(session, office=service.introduction_office(), acting=acting, draft=draft, matched=matched)
            number = kept.id
    except (ConflictError, InvalidInputError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        typed = refused(typed.values, field="message", sentence=sentence)
        return page(propose_page(asked, challenge_id, profile, typed=typed), status=CONFLICT)
    return asked.here(f"/introductions/{number}")


@work.get("/challenges/{challenge_id}/owners")
def read_owners(asked: AskedPage, challenge_id: Number, called: Called = "", done: str = "") -> Response:
    """Who has a challenge together."""
    return page(owners_page(asked, challenge_id, called=called, done=done if done in OWNERS_DONE else ""))


@work.post("/challenges/{challenge_id}/owners")
def post_owner(asked: AskedPage, challenge_id: Number, profile: FormNumber) -> Response:
    """Ask a member to have it together."""
    desk = asked.service.desk()
    return _owners(
        asked, challenge_id, "asked",
        lambda session, acting: ask_owner(
            session, desk=desk, acting=acting, challenge_id=challenge_id, profile_id=profile
        ),
    )  # fmt: skip


@work.post("/challenges/{challenge_id}/owners/{profile_id}/answer")
def post_answer(asked: AskedPage, challenge_id: Number, profile_id: Number, answer: Typing = "") -> Response:
    """Say for a member whether it will have it together."""
    desk, agrees = asked.service.desk(), answer == "yes"
    return _owners(
        asked, challenge_id, "joined" if agrees else "declined",
        lambda session, acting: answer_as_owner(
            session, desk=desk, acting=acting, challenge_id=challenge_id, profile_id=profile_id, agrees=agrees
        ),
    )  # fmt: skip


@work.post("/challenges/{challenge_id}/owners/{profile_id}/end")
def post_end(asked: AskedPage, challenge_id: Number, profile_id: Number, act: Typing = "") -> Response:
    """Leave, or take a question back."""
    desk = asked.service.desk()
    return _owners(
        asked, challenge_id, "taken_back" if act == "take_back" else "left",
        lambda session, acting: leave_challenge(
            session, desk=desk, acting=acting, challenge_id=challenge_id, profile_id=profile_id
        ),
    )  # fmt: skip


def _owners(asked: Asked, challenge_id: int, done: str, act: Callable[[Session, Acting], None]) -> Response:
    """Do it and lead back; whoever no longer has the challenge is led to what else they have."""
    get_challenge(asked.session, acting=asked.signed_in(), challenge_id=challenge_id)
    if sentence := refusal_of(asked, act):
        wrong = refused({}, field="owners", sentence=sentence)
        return page(owners_page(asked, challenge_id, wrong=wrong), status=CONFLICT)
    where = "/work" if done in WORK_DONE else f"/challenges/{challenge_id}/owners"
    return asked.here(f"{where}?done={done}#done")


def _do(asked: Asked, act: Callable[[Session, Acting], None]) -> None:
    """An act that nothing but permission stands against."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        act(session, acting)
