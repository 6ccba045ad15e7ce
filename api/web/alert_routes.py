"""What one does with an alert of one's own; each form leads back to its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.web.alert_forms import AlertTyped, draft_from, edit_alert_page, new_alert_page, typed_from
from api.web.alerts import alert_page, alerts_page
from api.web.doing import CONFLICT, Act, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.accounts.models import Acting
from matchmaker.alerts.actions import close_feed, delete_alert, edit_alert, open_feed, pause_alert, save_alert
from matchmaker.alerts.queries import get_alert

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"paused", "resumed", "feed_ended", "saved"})
DELETED = "deleted"
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
alerts = APIRouter(prefix="/alerts", default_response_class=HTMLResponse)


@alerts.get("")
def read_alerts(asked: AskedPage, done: str = "") -> Response:
    """One's own alerts."""
    return page(alerts_page(asked, done=done if done == DELETED else ""))


@alerts.get("/new")
def read_new(asked: AskedPage, request: Request) -> Response:
    """A new saved search, begun from what the address says."""
    return page(new_alert_page(asked, Typed(typed_from(request).model_dump())))


@alerts.post("/new")
def post_new(asked: AskedPage, form: Annotated[AlertTyped, Form()]) -> Response:
    """Let a profile look from now on."""
    asked.signed_in()
    draft, typed = draft_from(asked, form)
    if draft is None:
        return page(new_alert_page(asked, typed), status=UNPROCESSABLE)
    profile_id = min(int(form.profile[:10]), LARGEST_NUMBER) if form.profile.isdecimal() else 0
    made: list[int] = []

    def act(session: Session, acting: Acting) -> None:
        row = save_alert(session, desk=asked.service.desk(), acting=acting, profile_id=profile_id, draft=draft)
        made.append(row.id or 0)

    refusal = refusal_of(asked, act)
    if refusal:
        return page(new_alert_page(asked, refused(typed.values, field="name", sentence=refusal)), status=CONFLICT)
    return asked.here(f"/alerts/{made[0]}?done=saved#done")


@alerts.get("/{alert_id}/edit")
def read_edit(asked: AskedPage, alert_id: Number) -> Response:
    """A saved search to correct."""
    return page(edit_alert_page(asked, alert_id))


@alerts.post("/{alert_id}/edit")
def post_edit(asked: AskedPage, alert_id: Number, form: Annotated[AlertTyped, Form()]) -> Response:
    """Look for something else from now on."""
    get_alert(asked.session, acting=asked.signed_in(), alert_id=alert_id)
    draft, typed = draft_from(asked, form)
    if draft is None:
        return page(edit_alert_page(asked, alert_id, typed), status=UNPROCESSABLE)
    desk = asked.service.desk()
    refusal = refusal_of(
        asked,
        lambda session, acting: edit_alert(session, desk=desk, acting=acting, alert_id=alert_id, draft=draft),
    )
    if refusal:
        typed = refused(typed.values, field="name", sentence=refusal)
        return page(edit_alert_page(asked, alert_id, typed), status=CONFLICT)
    return asked.here(f"/alerts/{alert_id}?done=saved#done")


@alerts.get("/{alert_id}")
def read_alert(asked: AskedPage, alert_id: Number, done: str = "") -> Response:
    """One alert."""
    return page(alert_page(asked, alert_id, done=done if done in DONE else ""))


@alerts.post("/{alert_id}/pause")
def post_pause(asked: AskedPage, alert_id: Number, rests: Typing = "") -> Response:
    """Let an alert rest, or look again."""
    is_paused, now = rests == "yes", asked.service.clock()
    _do(
        asked,
        lambda session, acting: pause_alert(session, acting=acting, alert_id=alert_id, is_paused=is_paused, now=now),
    )
    return asked.here(f"/alerts/{alert_id}?done={'paused' if is_paused else 'resumed'}#done")


@alerts.post("/{alert_id}/feed")
def post_feed(asked: AskedPage, alert_id: Number) -> Response:
    """Give the alert a new secret address for feed readers, shown this once; the one before ends."""
    acting, now = asked.signed_in(), asked.service.clock()
    asked.session.close()
    with asked.service.database.transaction() as session:
        secret = open_feed(session, acting=acting, alert_id=alert_id, now=now)
    address = f"{asked.service.settings.public_url.rstrip('/')}/v1/feeds/{secret}.atom"
    return page(alert_page(asked, alert_id, address=address))


@alerts.post("/{alert_id}/feed/end")
def post_feed_end(asked: AskedPage, alert_id: Number) -> Response:
    """End the secret address."""
    now = asked.service.clock()
    _do(asked, lambda session, acting: close_feed(session, acting=acting, alert_id=alert_id, now=now))
    return asked.here(f"/alerts/{alert_id}?done=feed_ended#done")


@alerts.post("/{alert_id}/deletion")
def post_deletion(asked: AskedPage, alert_id: Number) -> Response:
    """Forget an alert with all that it found."""
    _do(asked, lambda session, acting: delete_alert(session, acting=acting, alert_id=alert_id))
    return asked.here(f"/alerts?done={DELETED}#done")


def _do(asked: Asked, act: Act) -> None:
    """An act that nothing but permission stands against."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        act(session, acting)
