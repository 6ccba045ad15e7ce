"""The addresses of the desk: queues, and the curation board."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Header, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.security import who_searches
from api.web import curation
from api.web.desk import DECIDED_AT, check_room, desk_page, lines_after, queue_page
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import AskedPage, page
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.letters.addresses import note_bounce, renew_address
from matchmaker.texts import Words

LARGEST_NUMBER = 2**31 - 1
PLACES_BACK = 1_000  # of a queue that are looked through for the one before
DONE = frozenset({"renewed", "bounced"})
SEARCHES = [Depends(who_searches)]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Ticks = Annotated[list[str], Form(default_factory=list)]
desk = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


class Message(BaseModel):
    """What both sides of every introduction read."""

    message: Words


@desk.get("")
def read_desk(asked: AskedPage) -> Response:
    """What waits."""
    return page(desk_page(asked))


@desk.get("/curation")
def read_board(asked: AskedPage, country: str = "", bare: str = "", opened: After = 0) -> Response:
    """The open challenges, with what is suggested for the one that is opened."""
    return page(curation.board(asked, country=country, only_bare=bool(bare), opened=opened))


@desk.get("/curation/{challenge_id}", dependencies=SEARCHES)
def read_candidates(asked: AskedPage, challenge_id: Number, hx_request: Annotated[str, Header()] = "") -> Response:
    """The candidates of one challenge, as a part of the board; on the board itself for whoever comes by the address."""
    if not hx_request:
        check_room(asked, "curation")
        return asked.here(f"/desk/curation?opened={challenge_id}#challenge-{challenge_id}")
    return page(curation.board_part(asked, challenge_id))


@desk.post("/curation/review")
def post_review(asked: AskedPage, pair: Ticks) -> Response:
    """One look at each of those ticked; nothing is done yet."""
    check_room(asked, "curation")
    pairs = curation.pairs_of(pair)
    if not pairs:
        wrong = Typed({}, (Wrong("board", asked.say("form.pairs")),))
        return page(curation.board(asked, country="", only_bare=False, wrong=wrong), status=UNPROCESSABLE)
    return page(curation.review(asked, pairs))


@desk.post("/curation/introductions")
def post_introductions(asked: AskedPage, pair: Ticks, message: Typing = "") -> Response:
    """Propose those still ticked; what was made before is not made again."""
    check_room(asked, "curation")
    pairs = curation.pairs_of(pair)
    draft, typed = understood(asked, Message, {"message": message})
    if not pairs:
        typed = refused({"message": message}, field="pairs", sentence=asked.say("form.pairs"))
    if draft is None or not pairs:
        return page(curation.review(asked, pairs, typed=typed), status=UNPROCESSABLE)
    return page(curation.propose_pairs(asked, pairs, draft.message))


def _queue_routes(code: str) -> None:
    """The addresses of one queue: the list, and from one decision to the next and back."""

    @desk.get(f"/{code}")
    def read_queue(asked: AskedPage, after: After = 0) -> Response:
        """One queue."""
        return page(queue_page(asked, code, after=after))

    @desk.get(f"/{code}/after/{{number}}")
    def read_next(asked: AskedPage, number: Number) -> Response:
        """To the next that waits; to the queue when there is none."""
        found = lines_after(asked, code, after=number, limit=1)
        return asked.here(f"{DECIDED_AT[code]}/{found[0].id}" if found else f"/desk/{code}")

    @desk.get(f"/{code}/before/{{number}}")
    def read_previous(asked: AskedPage, number: Number) -> Response:
        """To the one before it that waits; to the queue when there is none."""
        found = [line for line in lines_after(asked, code, after=0, limit=PLACES_BACK) if line.id < number]
        return asked.here(f"{DECIDED_AT[code]}/{found[-1].id}" if found else f"/desk/{code}")


@desk.get("/letters")
def read_letters(asked: AskedPage, after: After = 0, done: str = "", undoes: After = 0) -> Response:
    """Whose letters come back; what to do stands beside each."""
    return page(queue_page(asked, "letters", after=after, done=done if done in DONE else "", undoes=undoes))


@desk.post("/letters/{account_id}/renewal")
def post_renewal(asked: AskedPage, account_id: Number) -> Response:
    """Let letters go to an address again, for somebody said that it works."""
    check_room(asked, "letters")
    now = asked.service.clock()
    refusal = refusal_of(
        asked, lambda session, acting: renew_address(session, acting=acting, account_id=account_id, now=now)
    )
    if refusal:
        return page(queue_page(asked, "letters", typed=refused({}, field="lines", sentence=refusal)), status=CONFLICT)
    return asked.here(f"/desk/letters?done=renewed&undoes={account_id}#done")


@desk.post("/letters/{account_id}/bounce")
def post_bounce(asked: AskedPage, account_id: Number) -> Response:
    """Note that letters come back: also what undoes a renewal."""
    check_room(asked, "letters")
    now = asked.service.clock()
    refusal = refusal_of(
        asked, lambda session, acting: note_bounce(session, acting=acting, account_id=account_id, now=now)
    )
    if refusal:
        return page(queue_page(asked, "letters", typed=refused({}, field="lines", sentence=refusal)), status=CONFLICT)
    return asked.here("/desk/letters?done=bounced#done")


for _code in DECIDED_AT:
    _queue_routes(_code)
