"""The demo data imported as an operator imports them, with the real model, in a store of its own."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from sqlmodel import select

from api.cli.demo import SOURCE, demo_files
from api.settings import Settings
from api.wiring import Service
from indexer.encoder import Encoder, SentenceEncoder
from indexer.vectors import Vectors
from matchmaker.accounts.models import ANYONE
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.matching.actions import MatchList, Wanted, find_matches, request_for
from matchmaker.matching.asks import Ask, ask_of
from matchmaker.matching.ports import Hit
from matchmaker.migrations import upgrade
from matchmaker.places.drafts import PlaceDraft
from matchmaker.profiles.models import Profile
from tests.quality.demo import DATA, DemoChallenge

EVERYONE = 1_000  # more than the demo has profiles


class RememberingEncoder:
    """An encoder that encodes each text once in its life: a tried text is asked again by the next figure."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, str], Vectors] = {}
        self.fingerprint = encoder.fingerprint

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._remembered("query", self._encoder.queries, texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._remembered("passage", self._encoder.passages, texts)

    def _remembered(self, role: str, encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if (role, text) not in self._known]
        if missing:
            self._known.update(zip(((role, text) for text in missing), encode(missing), strict=True))
        return np.stack([self._known[role, text] for text in texts])


@dataclass(frozen=True)
class Laboratory:
    """A running service over the demo data, and who is who in it."""

    service: Service

    @cached_property
    def people(self) -> Mapping[int, Profile]:
        """All profiles by their number."""
        with self.service.database.reading() as session:
            return {profile.id or 0: profile for profile in session.exec(select(Profile)).all()}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each profile by the name that the files give it."""
        return {profile.external_id or "": number for number, profile in self.people.items()}

    @cached_property
    def posted(self) -> Mapping[int, str]:
        """What the files call each stored challenge, by its number."""
        with self.service.database.reading() as session:
            return {row.id or 0: row.external_id or "" for row in session.exec(select(Challenge)).all()}

    def name(self, number: int) -> str:
        """What the files call a profile."""
        return self.people[number].external_id or ""

    def language(self, name: str) -> str:
        """The language in which a profile is written."""
        return self.people[self.numbers[name]].language

    def ask(self, draft: TriedChallenge) -> Ask:
        """A tried challenge as a question, as the service makes it."""
        desk = self.service.desk()
        row = Challenge(language="", title="", description="", created_at=desk.now, updated_at=desk.now)
        with self.service.database.reading() as session:
            fill_challenge(session, desk=desk, challenge=row, draft=draft)
        needs, _ = needs_of(draft, language=row.language)
        return ask_of(row, needs, taxonomy=desk.taxonomy, is_stored=False)

    def matches(self, draft: TriedChallenge, *, owner: str | None, limit: int) -> MatchList:
        """Who answers a tried challenge, as anyone would see it."""
        ask, number = self.ask(draft), self.numbers[owner] if owner else None
        with self.service.database.reading() as session:
            return find_matches(
                session, index=self.service.index, acting=ANYONE, ask=ask, wanted=Wanted(limit=limit), owner_id=number
            )

    def every_hit(self, draft: TriedChallenge, *, owner: str) -> tuple[Hit, ...]:
        """Every profile but the owner with its evidence, most relevant first."""
        request = request_for(
            ANYONE, self.ask(draft), Wanted(limit=EVERYONE), excluded=frozenset({self.numbers[owner]})
        )
        return self.service.index.search(request).hits


def draft_of(challenge: DemoChallenge, language: str, *, needs: Sequence[str] | None = None) -> TriedChallenge:
    """A demo challenge as its author would try it in a language; without needs they are split."""
    text = challenge.texts[language]
    return TriedChallenge(
        language=language,
        title=text.title,
        description=text.description,
        expected_benefit=text.expected_benefit,
        beneficiaries=text.beneficiaries,
        place=PlaceDraft(geonameid=challenge.geonameid),
        areas=list(challenge.areas),
        needs=None if needs is None else list(needs),
    )


def lone_need(text: str, language: str) -> TriedChallenge:
    """A need tried without anything around it."""
    return TriedChallenge(language=language, description=text, needs=[text])


def show(text: str) -> None:
    """Print a table; `pytest -s` lets it through."""
    sys.stdout.write(f"\n{text}\n")


@contextmanager
def open_laboratory(folder: Path) -> Iterator[Laboratory]:
    """Import everything into `folder` and index it: about two minutes of encoding.

    Needs the model and the gazetteer that `make prepare` builds.
    """
    usual = Settings()
    (folder / "places.sqlite").symlink_to(usual.var_directory.resolve() / "places.sqlite")
    settings = Settings.model_validate(
        {"DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite'}", "var_directory": folder, "sync_in_process": False}
    )
    encoder = RememberingEncoder(SentenceEncoder(settings.model, threads=settings.threads))
    service = Service(settings, encoder=encoder)
    try:
        upgrade(settings.database_url)
        _import(service)
        service.synchroniser.rebuild()
        yield Laboratory(service)
    finally:
        service.close()


def _import(service: Service) -> None:
    for path, kind in demo_files(DATA / "demo"):
        options = ImportOptions(kind=kind, source=SOURCE, is_demo=True)
        report = import_file(service.database, desk_of=service.desk(), path=path, options=options)
        assert report.refused_rows == 0, report.refused
