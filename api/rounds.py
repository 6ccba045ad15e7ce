"""What is done beside the requests, again and again, each in a thread of its own."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from threading import Event, Thread
from time import monotonic

import structlog
from filelock import Timeout

from api.letters.postmen import folder_of
from api.letters.sending import send_letters
from api.wiring import Service
from matchmaker.accounts.models import OPERATOR
from matchmaker.alerts.actions import end_left_alerts, keep_findings, look
from matchmaker.alerts.queries import due_alerts
from matchmaker.integrity.actions import close_what_is_over, detect_all, send_renewals
from matchmaker.letters.delivery import Delivered
from matchmaker.membership.reminding import remind_of_assembly
from matchmaker.mentoring.actions import advance_mentorings
from matchmaker.people.leaving import tell_of_silence
from matchmaker.rights.actions import delete_aged
from matchmaker.rights.erasing import erase_due, mark_swept
from matchmaker.rights.files import LetterFolder, sweep_letters
from matchmaker.rights.following import remind_of_requests
from matchmaker.rights.queries import unswept_erasures
from matchmaker.rights.refused import erase_refused
from matchmaker.store.compaction import compact

STOP_SECONDS = 10.0  # that a stopping process waits for a generation that is being written; a crash loses none either
FOLLOW_SECONDS = 60.0  # between two looks at alerts and requests that are due
TEND_SECONDS = 3_600.0  # between two looks at terms counted in days
DETECT_SECONDS = 86_400.0  # between two looks at what all profiles have in common
WARM_UP_TEXT = "agua"
logger = structlog.get_logger()


class Round:
    """A thread that does the same work again and again. Several processes may have one: the work takes turns."""

    def __init__(self, name: str, work: Callable[[], object], *, seconds: float) -> None:
        self._name, self._work, self._seconds = name, work, seconds
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Work now, and so many seconds after each end from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done, at most for STOP_SECONDS."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work()
            except Exception as error:  # noqa: BLE001 - the next turn may succeed; the texts of errors may be personal
                logger.error("round_failed", round=self._name, error=type(error).__name__)  # noqa: TRY400
            self._stopping.wait(self._seconds)


def rounds_of(service: Service) -> Iterator[Round]:
    """What this process does beside its requests, by its settings."""
    settings = service.settings
    if settings.sync_in_process:
        yield Round("drain", partial(drain_once, service), seconds=settings.sync_seconds)
        yield Round("follow", partial(follow_once, service), seconds=FOLLOW_SECONDS)
        yield Round("tend", partial(tend_once, service), seconds=TEND_SECONDS)
        yield Round("erase", partial(erase_once, service), seconds=TEND_SECONDS)
        yield Round("detect", partial(detect_once, service), seconds=DETECT_SECONDS)
    if settings.letters_in_process:
        yield Round("letters", partial(send_once, service), seconds=settings.letters_seconds)


def warm_up(service: Service) -> Thread:
    """Load the model, which takes seconds, in a thread, before the first search waits for it."""
    thread = Thread(target=_load_model, args=(service,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _load_model(service: Service) -> None:
    started = monotonic()
    try:
        service.engine.encoder.queries([WARM_UP_TEXT])
    except Exception as error:  # noqa: BLE001 - the first search tries again, and tells whoever asked
        logger.error("warm_up_failed", error=type(error).__name__)  # noqa: TRY400
    else:
        logger.info("model_loaded", seconds=round(monotonic() - started, 1))


def drain_once(service: Service) -> bool:
    """Drain the outbox unless another process is at it; say whether it was done."""
    try:
        with service.engine.generations.writing.acquire(timeout=0):
            drained = service.synchroniser.drain()
    except Timeout:
        return False
    if drained.messages:
        logger.info("drained", messages=drained.messages, generation=drained.generation)
    return True


def send_once(service: Service) -> None:
    """Send all letters that are due; several processes share the work."""
    service.shelf.look()
    done = send_letters(service)
    if done != Delivered():
        logger.info("letters_sent", **asdict(done))


def follow_once(service: Service) -> int:
    """Let the alerts look that are due, and remind of mentorings; how many digests were asked for."""
    service.shelf.look()
    with service.database.reading() as session:
        due = due_alerts(session, now=service.clock())
    digests = sum(_follow(service, number) for number in due)
    with service.database.transaction() as session:
        reminders = advance_mentorings(session, lists=service.lists, now=service.clock())
    if digests or reminders:
        logger.info("followed", alerts=len(due), digests=digests, reminders=reminders)
    return digests


def tend_once(service: Service) -> None:
    """Do what terms ask for: renewals, ends, first assembly, successors, alerts, introductions. Safe to repeat."""
    service.shelf.look()
    now = service.clock()
    with service.database.transaction() as session:
        renewals = send_renewals(session, now=now, rulebook=service.rulebook)
        closed = close_what_is_over(session, now=now, rulebook=service.rulebook)
        due = remind_of_requests(session, office=service.rights_office())
        asked = remind_of_assembly(session, now=now) + tell_of_silence(session, now=now)
        closed += end_left_alerts(session, now=now)
    introductions = service.advance_introductions()
    if renewals or closed or due or asked:
        logger.info("tended", renewals=renewals, closed=closed, due=due, asked=asked, introductions=introductions)


def detect_once(service: Service) -> int:
    """Note what profiles share that no save has noticed; how many share something. Safe to repeat."""
    service.shelf.look()
    with service.database.transaction() as session:
        return detect_all(session, now=service.clock(), rulebook=service.rulebook)


def erase_once(service: Service) -> int:
    """Erase what is due and delete what is past its time, in every store; how many members and people were erased.

    Index, caches, letters and free pages follow the commit: a crash between leaves them to the next round.
    """
    office = service.rights_office()
    now, retention = office.now, office.retention
    with service.database.transaction() as session:
        erased = erase_due(session, acting=OPERATOR, retention=retention, now=now)
        refused = erase_refused(session, now=now)
        aged = delete_aged(session, retention=retention, now=now)
        unswept = [row.id or 0 for row in unswept_erasures(session)]
    if unswept or refused:
        service.synchroniser.drain()
        service.synchroniser.rebuild(reason="erased")
    with service.database.reading() as session:
        erased_at = now if unswept or refused else None
        sweep_letters(session, LetterFolder(folder_of(service.settings)), erased_at=erased_at)
    if unswept or refused or aged:
        compact(service.database, is_thorough=bool(unswept or refused))
        with service.database.transaction() as session:
            mark_swept(session, erasure_ids=unswept, now=now)
        logger.info("erased", subjects=erased, refused=refused, rows_past_their_time=aged)
    return erased


def _follow(service: Service, alert_id: int) -> bool:
    """Let one alert look, which holds no lock, and keep what it found; one that fails does not stop the others."""
    now = service.clock()
    try:
        with service.database.reading() as session:
            found = look(session, index=service.index, taxonomy=service.taxonomy, alert_id=alert_id, now=now)
        if found is None:
            return False
        with service.database.transaction() as session:
            return keep_findings(session, alert_id=alert_id, found=found, now=now)
    except Exception as error:  # noqa: BLE001 - as above
        logger.error("alert_failed", alert_id=alert_id, error=type(error).__name__)  # noqa: TRY400
        return False
