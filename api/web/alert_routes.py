"""What one does with an alert of one's own; each form leads back to its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.alerts import alert_page, alerts_page
from api.web.doing import Act
from api.web.frames import Asked, AskedPage, page
from matchmaker.alerts.actions import close_feed, delete_alert, open_feed, pause_alert

DONE = frozenset({"paused", "resumed", "feed_ended"})
DELETED = "deleted"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
alerts = APIRouter(prefix="/alerts", default_response_class=HTMLResponse)


@alerts.get("")
def read_alerts(asked: AskedPage, done: str = "") -> Response:
    """One's own alerts."""
    return page(alerts_page(asked, done=done if done == DELETED else ""))


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
