"""Outbox to index. Everything here may run twice: a crash repeats work and loses none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.build import Builder
from indexer.entries import entry_of
from indexer.generation import Generation
from indexer.generations import Generations
from matchmaker.matching.documents import all_ids, author_facet, lessons_of, load_documents
from matchmaker.matching.ports import Document, Subject
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message, Topic, count_waiting, mark_done, waiting

DRAINED_MESSAGES = 500  # in one generation: enough to be quick in bulk, few enough to show results soon
LOADED_DOCUMENTS = 200  # rows read in one transaction
SUBJECTS = {
    Topic.INDEX_PROFILE: Subject.PROFILE,
    Topic.INDEX_CHALLENGE: Subject.CHALLENGE,
    Topic.INDEX_LESSON: Subject.LESSON,
}

Progress = Callable[[str, int, int], None]
"""Called with a stage, how many are done, and of how many."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that no one watches."""


@dataclass(frozen=True)
class Drained:
    """What a synchronisation did."""

    messages: int
    generation: int


@dataclass(frozen=True)
class Difference:
    """Where index and database disagree; all empty when they agree. Pairs are (subject, number)."""

    missing: tuple[tuple[str, int], ...]
    stale: tuple[tuple[str, int], ...]
    surplus: tuple[tuple[str, int], ...]
    waiting: int

    @property
    def agrees(self) -> bool:
        """Whether the index says what the database says."""
        return not (self.missing or self.stale or self.surplus)


class Synchroniser:
    """Brings the index to what the database says. One at a time, by the writer's lock."""

    def __init__(self, database: Database, generations: Generations, builder: Builder) -> None:
        self._database = database
        self._generations = generations
        self._builder = builder

    def drain(self, progress: Progress = silent) -> Drained:
        """Do all that waits in the outbox; rebuild when there is no index or the model has changed."""
        with self._generations.writing:
            if not self._builder.fits(self._generations.current()):
                return self._rebuild("no index of this model", progress)
            done = 0
            while messages := self._next_messages():
                self._apply(messages, progress)
                done += len(messages)
            current = self._generations.current()
            if current is not None and (reason := self._builder.outgrown(current)):
                self._rebuild(reason, progress)
            return Drained(done, self._generations.current_number())

    def rebuild(self, progress: Progress = silent, *, reason: str = "asked for") -> Drained:
        """Make the whole index anew beside the live one, with fresh means, and swap."""
        with self._generations.writing:
            return self._rebuild(reason, progress)

    def check(self) -> Difference:
        """Compare every document of the database with the index, passage by passage."""
        generation = self._generations.current()
        entries = {entry.key: entry for entry in generation.entries} if generation else {}
        missing, stale, known = [], [], set()
        for document in self._all_documents(silent):
            key = (str(document.subject), document.id)
            known.add(key)
            entry = entries.get(key)
            if entry is None:
                missing.append(key)
            elif entry != entry_of(document):
                stale.append(key)
        with self._database.reading() as session:
            left = count_waiting(session, topics=list(SUBJECTS))
        return Difference(tuple(missing), tuple(stale), tuple(sorted(set(entries) - known)), left)

    def _next_messages(self) -> Sequence[Message]:
        with self._database.reading() as session:
            return waiting(session, topics=list(SUBJECTS), limit=DRAINED_MESSAGES)

    def _apply(self, messages: Sequence[Message], progress: Progress) -> None:
        changed = self._with_lessons({(SUBJECTS[Topic(message.topic)], message.subject_id) for message in messages})
        documents = [document for subject in Subject for document in self._load(subject, _of(changed, subject))]
        current = self._generations.current()
        if current is not None and not self._builder.holds(current, documents, changed):
            following = self._builder.changed(current, documents, changed, progress)
            self._generations.publish(following)
            if _texts(current) - _texts(following):
                self._builder.forget_unheld(following)
        self._done(messages)

    def _with_lessons(self, changed: set[tuple[Subject, int]]) -> set[tuple[Subject, int]]:
        """What changed, with the lessons of the profiles among it: who is hidden or erased takes its lessons along."""
        authors = _of(changed, Subject.PROFILE)
        with self._database.reading() as session:
            told = lessons_of(session, author_ids=authors)
        current, facets = self._generations.current(), {author_facet(number) for number in authors}
        known = [] if current is None else [entry.id for entry in current.entries if facets.intersection(entry.facets)]
        return changed | {(Subject.LESSON, number) for number in (*told, *known)}

    def _rebuild(self, reason: str, progress: Progress) -> Drained:
        with self._database.reading() as session:
            messages = waiting(session, topics=list(SUBJECTS), limit=1_000_000)
        documents = list(self._all_documents(progress))
        number = self._generations.current_number() + 1
        made = self._builder.whole(documents, number=number, reason=reason, progress=progress)
        self._generations.publish(made)
        self._builder.forget_unheld(made)
        self._done(messages)
        return Drained(len(messages), number)

    def _done(self, messages: Sequence[Message]) -> None:
        now = datetime.now(UTC)
        for start in range(0, len(messages), DRAINED_MESSAGES):
            with self._database.transaction() as session:
                ids = [message.id or 0 for message in messages[start : start + DRAINED_MESSAGES]]
                mark_done(session, message_ids=ids, now=now)

    def _all_documents(self, progress: Progress) -> Iterator[Document]:
        for subject in Subject:
            with self._database.reading() as session:
                ids = all_ids(session, subject=subject)
            for done, document in enumerate(self._load(subject, ids)):
                progress(f"read {subject}s", done + 1, len(ids))
                yield document

    def _load(self, subject: Subject, ids: Sequence[int]) -> Iterator[Document]:
        for start in range(0, len(ids), LOADED_DOCUMENTS):
            with self._database.reading() as session:
                found = load_documents(session, subject=subject, ids=ids[start : start + LOADED_DOCUMENTS])
            yield from (found[key] for key in sorted(found))


def _of(changed: Iterable[tuple[Subject, int]], subject: Subject) -> list[int]:
    return sorted(number for known, number in changed if known is subject)


def _texts(generation: Generation) -> set[str]:
    return {digest for entry in generation.entries for digest in entry.digests}
