"""Requests, consents, disclosures and rankings of the world; a silent member, a partner that was not asked yet."""

from sqlmodel import Session, select

from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.introductions.models import ConfirmedOutcome, Disclosure
from matchmaker.matching.models import ShownMatch
from matchmaker.profiles.models import Profile, Representation
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Channel, Consent, Right, State, Subject
from matchmaker.rights.requests import answer_request, file_request
from tests.api.permissions.callers import Caller
from tests.api.permissions.words import planted, planted_number
from tests.api.permissions.world import World, add_member
from tests.factories import saved_lesson, saved_profile


def add_requests(session: Session, world: World) -> None:
    """What the city, its representative and its editor ask for, answered and not; a consent."""
    city = world.number("city")
    ana, editor = (world.acting[each] for each in (Caller.REPRESENTATIVE, Caller.EDITOR))
    of_city = {"right": Right.REVIEW, "subject": Subject.PROFILE, "subject_id": city,
               "showing_id": world.number("showing")}  # fmt: skip
    of_ana = {"right": Right.CORRECT, "subject": Subject.ACCOUNT, "subject_id": ana.account_id}
    of_editor = {**of_ana, "subject_id": editor.account_id}
    _ask(session, world, "request", ana, words=planted("words of request"), **of_city)
    _ask(session, world, "refused_request", ana, words=planted("words of request"), **of_city)
    _ask(session, world, "own_request", ana, words=planted("words of own request"), **of_ana)
    for name, to, reason in (
        ("refused_request", State.REFUSED, "answer to request"),
        ("own_request", State.IDENTITY_ASKED, "identity asked"),
    ):
        answer_request(
            session, office=world.service.rights_office(), acting=world.acting[Caller.SECRETARIAT],
            request_id=world.number(name), to=to, reason=planted(reason),
        )  # fmt: skip
    _ask(session, world, "editors_request", editor, words=planted("words of editor"), **of_editor)
    said = Consent(
        account_id=ana.account_id or 0, purpose="alerts", text_version=planted("consent"), channel=Channel.PAGE,
        is_granted=True, at=world.service.clock(),
    )  # fmt: skip
    session.add(said)


def _ask(session: Session, world: World, name: str, acting: Acting, **draft: object) -> None:
    row = file_request(
        session, office=world.service.rights_office(), acting=acting, draft=RequestDraft.model_validate(draft)
    )
    world.names[name] = row.id or 0


def add_records(session: Session, world: World) -> None:
    """The city received the contact of the firm; the firm stood in a list; both say what came of it."""
    now, (city, firm) = world.service.clock(), (world.number("city"), world.number("firm"))
    received = Disclosure(
        id=planted_number("disclosure"), introduction_id=world.number("open"), disclosed_at=now, of_profile_id=firm,
        to_account_id=world.number(Caller.REPRESENTATIVE), to_profile_id=city,
    )  # fmt: skip
    stood = ShownMatch(
        id=planted_number("ranking"), showing_id=world.number("showing"), profile_id=firm, profile_version=1, place=1,
        points=80, quoted=[None],
    )  # fmt: skip
    agreed = ConfirmedOutcome(introduction_id=world.number("open"), days=90, outcome="pilot", confirmed_at=now)
    session.add_all([received, stood, agreed])
    called = (Representation.account_id == world.number(Caller.EDITOR), Representation.profile_id == city)
    session.exec(select(Representation).where(*called)).one().called = planted("called")


def add_partner(session: Session, world: World) -> None:
    """A lesson of the city that would name a member, which has not agreed to it."""
    partner = add_member(session, world, "named", Caller.STRANGER, name=planted("named partner"))
    author = session.get_one(Profile, world.number("city"))
    row = saved_lesson(session, acting=world.acting[Caller.REPRESENTATIVE], author=author, partner_id=partner)
    world.names["unasked_lesson"] = row.id or 0


def add_silence(session: Session, world: World) -> None:
    """A member whose last representative has ended its account."""
    now = world.service.clock()
    gone = Account(id=planted_number("silent representative"), name="gone", role=Role.SUPPLIER, created_at=now)
    session.add(gone)
    session.flush()
    saved_profile(session, acting=Acting(account_id=gone.id, role=Role.SUPPLIER), name="Silent", place=None)
    gone.ended_at = now
    session.flush()
