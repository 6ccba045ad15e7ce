from datetime import timedelta

import pytest

from matchmaker.alerts.models import Alert, Finding
from matchmaker.alerts.rules import (
    DIGEST_FINDINGS,
    digest_findings,
    filters_of,
    finding_of,
    is_due,
    within,
    writes_now,
)
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import FullChallenge
from matchmaker.matching.opportunities import Sought
from matchmaker.matching.reasons import Quotation
from matchmaker.matching.strength import POSSIBLE_POINTS
from tests.factories import NOW
from tests.fakes import CURITIBA, SOGAMOSO

HOUR = timedelta(hours=1)


def alert(**changes: object) -> Alert:
    made: dict[str, object] = {"name": "A", "profile_id": 1, "account_id": 1, "created_at": NOW, "updated_at": NOW}
    return Alert(**made | changes)  # type: ignore[arg-type]


def challenge(number: int, *, latitude: float | None, longitude: float | None) -> Challenge:
    return Challenge(
        id=number, language="es", title="", description="", latitude=latitude, longitude=longitude, created_at=NOW,
        updated_at=NOW,
    )  # fmt: skip


def test_what_stands_nowhere_is_in_no_radius() -> None:
    here = alert(latitude=SOGAMOSO.latitude, longitude=SOGAMOSO.longitude, radius_kilometres=500)
    among = [
        challenge(1, latitude=SOGAMOSO.latitude, longitude=SOGAMOSO.longitude),
        challenge(2, latitude=CURITIBA.latitude, longitude=CURITIBA.longitude),
        challenge(3, latitude=None, longitude=None),
    ]
    assert within(here, among) == frozenset({1})
    assert within(alert(), among) is None


@pytest.mark.parametrize(
    ("changes", "due"),
    [({}, True), ({"looked_at": NOW}, False), ({"looked_at": NOW - HOUR}, True), ({"is_paused": True}, False)],
)
def test_an_alert_looks_once_an_hour(changes: dict[str, object], due: int) -> None:
    assert is_due(alert(**changes), now=NOW) is bool(due)


@pytest.mark.parametrize(
    ("changes", "hours", "writes"),
    [
        ({}, 0, 1),
        ({"digest_at": NOW}, 23, 0),
        ({"digest_at": NOW}, 24, 1),
        ({"digest_at": NOW, "frequency": "weekly"}, 24, 0),
        ({"digest_at": NOW, "frequency": "weekly"}, 168, 1),
        ({"frequency": "never"}, 0, 0),
        ({"is_paused": True}, 0, 0),
    ],
)
def test_a_digest_keeps_its_distance(changes: dict[str, object], hours: int, writes: int) -> None:
    assert writes_now(alert(**changes), now=NOW + hours * HOUR) is bool(writes)


def test_only_lists_that_say_something_narrow() -> None:
    assert filters_of(alert(countries=["CO", "PE"], sizes=["town"])) == (
        frozenset({"country:CO", "country:PE"}), frozenset({"size:town"})
    )  # fmt: skip
    assert filters_of(alert()) == ()


def test_a_digest_tells_the_strongest_first() -> None:
    found = [
        Finding(id=number, alert_id=1, challenge_id=number, points=number % 5, found_at=NOW) for number in range(1, 13)
    ]
    told = digest_findings(found)
    assert [finding.id for finding in told[:4]] == [4, 9, 3, 8]
    assert len(told) == DIGEST_FINDINGS


@pytest.mark.parametrize(("points", "count"), [(POSSIBLE_POINTS - 1, 0), (POSSIBLE_POINTS, 1)])
def test_a_sentence_that_hardly_speaks_of_it_is_no_finding(points: int, count: int) -> None:
    full = FullChallenge(challenge(1, latitude=None, longitude=None), ())
    sought = Sought(full, Quotation("Agua.", "es", "need", points, 3.0))
    found = finding_of(alert(), sought, now=NOW)
    assert [found.points for found in [found] if found is not None] == [points] * count
