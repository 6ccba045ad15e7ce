from contextlib import suppress
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, OPERATOR, Account, Acting
from matchmaker.alerts.actions import (
    ALERTS_AT_MOST,
    close_feed,
    delete_alert,
    edit_alert,
    end_left_alerts,
    feed_digest_of,
    open_feed,
    pause_alert,
    save_alert,
)
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.queries import alert_of_feed, get_alert, list_alerts
from matchmaker.errors import DomainError, NotFoundError
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Representation, Visibility
from tests.factories import NOW, desk, signed_in
from tests.matchmaker.alerts.conftest import Watched
from tests.matchmaker.matching.conftest import LEAKS


def refused(call: Any) -> str:
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code


def test_an_alert_keeps_what_was_asked(watched: Watched) -> None:
    made = watched.alert(
        LEAKS, countries=["CO"], sizes=["town"], place={"name": "Sogamoso", "country": "CO"}, radius_kilometres=80,
        frequency="weekly",
    )  # fmt: skip
    assert (made.text, made.language, made.countries, made.sizes) == (LEAKS, "es", ["CO"], ["town"])
    assert (made.place_name, made.radius_kilometres, made.frequency, made.is_paused) == (
        "Sogamoso",
        80,
        "weekly",
        False,
    )
    assert list_alerts(watched.session, acting=watched.firm) == [made]


@pytest.mark.parametrize("half", [{"place": {"geonameid": 3667873}}, {"radius_kilometres": 80}])
def test_a_place_and_a_radius_come_together(half: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        AlertDraft.model_validate({"name": "A"} | half)
    assert error.value.errors()[0]["type"] == "radius_and_place"


def test_nobody_else_reads_or_changes_an_alert(watched: Watched) -> None:
    number = watched.alert(LEAKS).id or 0
    session, draft = watched.session, AlertDraft(name="A")

    def tries(acting: Acting) -> list[Any]:
        return [
            lambda: get_alert(session, acting=acting, alert_id=number),
            lambda: edit_alert(session, desk=desk(), acting=acting, alert_id=number, draft=draft),
            lambda: pause_alert(session, acting=acting, alert_id=number, is_paused=True, now=NOW),
            lambda: delete_alert(session, acting=acting, alert_id=number),
            lambda: open_feed(session, acting=acting, alert_id=number, now=NOW),
            lambda: close_feed(session, acting=acting, alert_id=number, now=NOW),
        ]

    for acting in (ANYONE, OPERATOR, watched.city, signed_in(session)):
        assert [refused(one) for one in tries(acting)] == ["alert_unknown"] * 6
        assert list_alerts(session, acting=acting) == []


def test_an_alert_is_saved_for_a_profile_of_ones_own(watched: Watched) -> None:
    number = watched.supplier.id or 0
    for acting, code in ((ANYONE, "sign_in_needed"), (watched.city, "not_your_profile")):
        told = refused(
            lambda acting=acting: save_alert(
                watched.session, desk=desk(), acting=acting, profile_id=number, draft=AlertDraft(name="A")
            )
        )
        assert told == code
    assert refused(lambda: watched.alert(areas=["x"])) == "unknown_code"
    assert refused(lambda: watched.alert(place={"name": "Nowhere", "country": "CO"}, radius_kilometres=1)) == (
        "place_unknown"
    )


def test_one_account_has_so_many_alerts(watched: Watched) -> None:
    made = {watched.alert(LEAKS, name=str(number)).id for number in range(ALERTS_AT_MOST)}
    assert watched.alert(LEAKS, name="0").id in made  # once more as it stands
    assert refused(watched.alert) == "too_many_alerts"


def test_an_alert_ends_with_the_part_of_its_reader_and_rests_while_the_account_is_blocked(watched: Watched) -> None:
    alert, session = watched.alert(LEAKS), watched.session
    session.get_one(Account, watched.firm.account_id).ended_at = NOW
    session.flush()
    assert end_left_alerts(session, now=NOW) == 0
    session.delete(session.get_one(Representation, (watched.firm.account_id, alert.profile_id)))
    session.flush()
    assert end_left_alerts(session, now=NOW) == 1
    assert list_alerts(session, acting=watched.firm) == []
    told = session.exec(select(Letter).where(Letter.kind == "alert_ended")).one()
    assert (told.account_id, told.subject_id) == (watched.firm.account_id, watched.supplier.id)


def test_a_feed_has_a_secret_that_is_kept_nowhere_and_can_be_ended(watched: Watched) -> None:
    alert = watched.alert(LEAKS)
    number = alert.id or 0

    def reads(secret: str) -> bool:
        with suppress(NotFoundError):
            return alert_of_feed(watched.session, feed_digest=feed_digest_of(secret)) == (alert, watched.firm)
        return False

    first = open_feed(watched.session, acting=watched.firm, alert_id=number, now=NOW)
    assert (len(first) >= 43, reads(first), first in str(alert.model_dump())) == (True, True, False)
    second = open_feed(watched.session, acting=watched.firm, alert_id=number, now=NOW)
    assert (reads(first), reads(second), reads("")) == (False, True, False)
    watched.show(watched.supplier, Visibility.HIDDEN)
    assert not reads(second)
    watched.show(watched.supplier, Visibility.VISIBLE)
    close_feed(watched.session, acting=watched.firm, alert_id=number, now=NOW)
    watched.session.flush()
    assert not reads(second)
