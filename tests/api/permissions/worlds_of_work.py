"""Challenges, introductions, mentoring, lessons and alerts of the world."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.alerts.actions import open_feed, save_alert
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.challenges.actions import set_status
from matchmaker.challenges.models import Status
from matchmaker.introductions.answering import answer, ask
from matchmaker.introductions.drafts import AnswerDraft, PolicyDraft, ProposalDraft
from matchmaker.introductions.meeting import say_met
from matchmaker.introductions.models import Side, Word
from matchmaker.introductions.proposing import propose
from matchmaker.introductions.quotas import set_asking_policy
from matchmaker.introductions.telephone import record_by_phone
from matchmaker.lessons.actions import set_lesson_state
from matchmaker.lessons.models import LessonState
from matchmaker.matching.models import Showing
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.models import Mentoring
from matchmaker.mentoring.offers import save_offer
from matchmaker.mentoring.rules import EXPIRES_AFTER
from matchmaker.places.models import Territory
from matchmaker.profiles.models import Profile
from matchmaker.taxonomy.models import Taxonomy
from tests.api.permissions.callers import Caller
from tests.api.permissions.words import planted
from tests.api.permissions.world import EARLIER, World
from tests.factories import desk, saved_challenge, saved_lesson, taxonomy

YES = AnswerDraft(answer=Word.YES)
ASKED = ("challenge", "waiting", "open", "disputed", "telephoned", "declined", "recorded")
"""Challenges of the city: the first has no introduction, each other one that of its name."""


def add_challenges(session: Session, world: World) -> None:
    """Challenges of the city, of the firm, of the suspended member, and one that was withdrawn."""
    owners = dict.fromkeys([*ASKED, "withdrawn"], "city") | {"suspended": "barred", "firms": "firm"}
    callers = {"city": Caller.REPRESENTATIVE, "barred": Caller.SUSPENDED, "firm": Caller.COUNTERPART}
    titles = {"withdrawn": planted("withdrawn challenge"), "suspended": planted("suspended challenge")}
    for name, owner in owners.items():
        row = saved_challenge(
            session, acting=world.acting[callers[owner]], owner=session.get_one(Profile, world.number(owner)),
            title=titles.get(name, f"Desafío {name}"),
        )  # fmt: skip
        world.names[f"{name}_challenge"] = row.id or 0
    set_status(
        session, desk=desk(), acting=world.acting[Caller.REPRESENTATIVE],
        challenge_id=world.number("withdrawn_challenge"), status=Status.WITHDRAWN,
    )  # fmt: skip
    showing = Showing(
        challenge_id=world.number("challenge_challenge"), challenge_version=1, model="m", generation=1, correction="c",
        ranking="r", account_id=world.number(Caller.REPRESENTATIVE), shown_at=world.service.clock(),
    )  # fmt: skip
    world.keep(session, "showing", showing)
    territory = Territory(kind="rural", name="Vereda", country="CO", created_at=world.service.clock())
    world.keep(session, "territory", territory)


def add_introductions(session: Session, world: World) -> None:
    """Introductions of the city's challenges to the firm, each as its name says."""
    city, firm, rosa = (world.acting[each] for each in (Caller.REPRESENTATIVE, Caller.COUNTERPART, Caller.SECRETARIAT))
    now = world.service.introduction_office()
    before = replace(now, now=now.now - EARLIER)
    policy = PolicyDraft(kinds=["company"], per_week=50)
    shared: Taxonomy = taxonomy()
    set_asking_policy(session, taxonomy=shared, acting=city, profile_id=world.number("city"), draft=policy)
    for name in ASKED[1:]:
        proposed = propose(
            session, office=before if name in {"open", "disputed"} else now,
            acting=rosa if name == "telephoned" else city,
            draft=ProposalDraft(
                challenge_id=world.number(f"{name}_challenge"), profile_id=world.number("firm"),
                message=planted("message"),
            ),
        )  # fmt: skip
        world.names[name] = proposed.id

    def on(name: str, deed: Callable[..., object], acting: Acting, **more: object) -> None:
        office = before if name in {"open", "disputed"} else now
        deed(session, office=office, acting=acting, introduction_id=world.number(name), **more)

    on("waiting", ask, firm, text=planted("question"))
    on("open", answer, firm, draft=YES)
    on("disputed", answer, firm, draft=YES)
    on("disputed", say_met, firm, has_met=True)
    on("disputed", say_met, city, has_met=False)
    for side in Side:
        on("telephoned", record_by_phone, rosa, side=side, draft=YES)
    no = AnswerDraft(answer=Word.NO, reason="no_capacity", words=planted("words of a no"))
    on("declined", answer, firm, draft=no)
    by_phone = no.model_copy(update={"words": planted("words of a recorded no")})
    on("recorded", record_by_phone, rosa, side=Side.PROFILE, draft=by_phone)
    world.names |= {"question": 1, "side": "profile", "style": "style.css", "guide": "city", "offers": "offers"}


def add_mentoring(session: Session, world: World) -> None:
    """The firm, the stranger's and the suspended member mentor; the city has asked the firm twice."""
    now = world.service.clock()
    offering = {"firm": Caller.COUNTERPART, "other": Caller.STRANGER, "barred": Caller.SUSPENDED}
    for name, caller in offering.items():
        text = planted("suspended offer") if name == "barred" else "Redes"
        draft = MentorOfferDraft(areas=["energy_environment"], languages=["es"], hours_a_month=40, text=text)
        save_offer(session, desk=desk(), acting=world.acting[caller], profile_id=world.number(name), draft=draft)
    for name, answered in (("asked_mentor", None), ("agreed_mentor", "yes"), ("untold_mentor", None)):
        is_told = name != "untold_mentor"
        row = Mentoring(
            mentor_id=world.number("firm"), mentee_id=world.number("city"),
            proposed_by=world.number(Caller.REPRESENTATIVE), hours_a_month=2,
            message=planted("mentoring message" if is_told else "untold mentoring"),
            told_at=now if is_told else None,
            mentee_answer="yes", mentor_answer=answered, agreed_at=now if answered else None, created_at=now,
            expires_at=now + EXPIRES_AFTER,
        )  # fmt: skip
        world.keep(session, name, row)


def add_lessons(session: Session, world: World) -> None:
    """A lesson that names the firm, one that was withdrawn, and one of the suspended member."""
    told = {
        "lesson": ("city", Caller.REPRESENTATIVE, "Escuchar"),
        "withdrawn_lesson": ("city", Caller.REPRESENTATIVE, planted("withdrawn lesson")),
        "suspended_lesson": ("barred", Caller.SUSPENDED, planted("suspended lesson")),
    }
    for name, (author, caller, title) in told.items():
        profile = session.get_one(Profile, world.number(author))
        partner = {"partner_id": world.number("firm")} if name == "lesson" else {}
        row = saved_lesson(session, acting=world.acting[caller], author=profile, title=title, **partner)
        world.names[name] = row.id or 0
    set_lesson_state(
        session, desk=desk(), acting=world.acting[Caller.REPRESENTATIVE],
        lesson_id=world.number("withdrawn_lesson"), state=LessonState.WITHDRAWN,
    )  # fmt: skip


def add_alert(session: Session, world: World) -> None:
    """A saved search of the city's representative, with a feed."""
    acting = world.acting[Caller.REPRESENTATIVE]
    draft = AlertDraft(name=planted("alert"), text="encontrar fugas de agua")
    row = save_alert(session, desk=desk(), acting=acting, profile_id=world.number("city"), draft=draft)
    world.names["alert"] = row.id or 0
    world.names["feed"] = open_feed(session, acting=acting, alert_id=row.id or 0, now=world.service.clock())
