"""A supplier that lets alerts look, and a city that asks."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import col, select

from matchmaker.accounts.models import Acting, Role
from matchmaker.alerts.actions import save_alert, send_digests
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Profile
from tests.factories import NOW, desk, saved_profile, signed_in, taxonomy
from tests.matchmaker.matching.conftest import LEAKS, Scene


class Watched(Scene):
    """A scene with a firm that has alerts."""

    firm: Acting
    supplier: Profile

    def __post_init__(self) -> None:
        self.firm = signed_in(self.session, role=Role.SUPPLIER, name="Luís")
        offers = [{"title": "", "text": f"{LEAKS}."}]
        self.supplier = saved_profile(self.session, acting=self.firm, summary="", offers=offers, experience=[])
        super().__post_init__()

    def alert(self, text: str = "", **changes: Any) -> Alert:
        draft = AlertDraft.model_validate({"name": "Agua", "text": text} | changes)
        return save_alert(self.session, desk=desk(), acting=self.firm, profile_id=self.supplier.id or 0, draft=draft)

    def send(self, now: datetime = NOW) -> int:
        return send_digests(self.session, index=self.index, taxonomy=taxonomy(), now=now)

    def letters(self) -> list[str]:
        """The challenges of each digest, in the order in which they were asked for."""
        self.session.flush()
        rows = self.session.exec(select(Letter).where(Letter.kind == "alert_digest").order_by(col(Letter.id))).all()
        return [str(row.codes["challenge_ids"]) for row in rows]


@pytest.fixture
def watched(database: Any) -> Any:
    with database.transaction() as session:
        yield Watched(session)
