"""A conflict confirmed after an alert found something takes it out of feeds and letters."""

import pytest

from matchmaker.accounts.models import OPERATOR
from matchmaker.alerts.queries import findings_of_digest, newest_findings
from matchmaker.integrity.actions import decide_conflict
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Decision, Nature
from tests.factories import NOW
from tests.matchmaker.alerts.conftest import Watched
from tests.matchmaker.matching.conftest import LEAKS


@pytest.mark.parametrize(("decision", "count"), [(Decision.CONFIRMED, 0), (Decision.DISMISSED, 1)])
def test_what_was_found_is_told_no_more_once_a_conflict_is_confirmed(
    watched: Watched, decision: Decision, count: int
) -> None:
    leaks, alert = watched.challenge(LEAKS), watched.alert(LEAKS)
    watched.send()
    assert len(newest_findings(watched.session, alert=alert, acting=watched.firm)) == 1
    ground, _ = add_ground(
        watched.session, profile_id=watched.supplier.id or 0, other_id=leaks.owner_id or 0, code=Nature.OWNERSHIP,
        declared_by_id=None, now=NOW,
    )  # fmt: skip
    decide_conflict(
        watched.session, acting=OPERATOR, conflict_id=ground.conflict_id, decision=decision, reason="-", now=NOW
    )
    assert len(newest_findings(watched.session, alert=alert, acting=watched.firm)) == count
    told = findings_of_digest(watched.session, alert_id=alert.id or 0, challenge_ids=[leaks.id or 0])
    assert told is not None
    assert len(told[1]) == count
