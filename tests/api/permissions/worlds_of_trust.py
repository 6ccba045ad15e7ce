"""Admission, integrity, letters and secrets of the world."""

from datetime import timedelta

from sqlmodel import Session

from api.letters.links import ANSWER_LIFE, sign_answer
from matchmaker.accounts.models import Account
from matchmaker.accounts.signing_in import make_link, open_request, sign_in_secrets
from matchmaker.integrity.actions import decide_conflict, declare_conflict, declare_interests
from matchmaker.integrity.drafts import ConflictDraft, IncidentDraft, InterestDraft
from matchmaker.integrity.incidents import report_breach, take_step
from matchmaker.integrity.models import Decision as ConflictDecision
from matchmaker.integrity.models import IncidentState, Measure, Nature
from matchmaker.integrity.pairs import conflict_of
from matchmaker.letters.addresses import note_bounce
from matchmaker.letters.models import Letter
from matchmaker.membership.claim_secrets import digest_of, new_nonce, secret_of
from matchmaker.membership.inviting import Wanted, preview_invitations
from matchmaker.membership.models import (
    AdmissionProcess,
    Appeal,
    Application,
    Assessment,
    Assessor,
    Committee,
    Decision,
    Invitation,
    Score,
    Seat,
    Vote,
)
from matchmaker.membership.standing import suspend
from tests.api.permissions.callers import Caller
from tests.api.permissions.words import planted
from tests.api.permissions.world import World, mail

VERSION = "2017.1"
ACCOUNT_OF = {"jury": Caller.COMMITTEE, "other": "juror"}


def add_admission(session: Session, world: World) -> None:
    """A committee that forms, one in force, assessors, applications in every state, a suspended member."""
    now, office = world.service.clock(), world.service.admission_office()
    session.add(AdmissionProcess(reason=planted("reason of process"), decided_at=now))
    founding = Committee(kind="founding", constituted_on=now.date(), text_version=VERSION, created_at=now)
    world.keep(session, "founding", founding)
    world.keep(session, "forming", Committee(kind="governance", created_at=now))
    for sector, profile in (("civil_society", "jury"), ("firms", "other")):
        world.keep(
            session, f"seat of {profile}",
            Seat(
                committee_id=world.number("founding"), sector=sector, profile_id=world.number(profile),
                account_id=world.number(ACCOUNT_OF[profile]), filled_at=now,
            ),
        )  # fmt: skip
    world.names["seat"] = world.names["seat of other"]
    for account in (Caller.ASSESSOR, "other_assessor"):
        session.add(Assessor(account_id=world.number(account), appointed_at=now))
    _add_applications(session, world)
    _add_judgements(session, world)
    suspend(
        session, office=office, acting=world.acting[Caller.SECRETARIAT], profile_id=world.number("barred"),
        reason=planted("reason of suspension"),
    )  # fmt: skip


def _add_applications(session: Session, world: World) -> None:
    states = {"drafting": "draft", "applying": "submitted", "assessed": "in_assessment", "voted": "submitted"}
    words = {"drafting": planted("draft application")}
    for name, state in (states | {"refused": "refused"}).items():
        row = Application(
            profile_id=world.number(name), account_id=world.number(Caller.APPLICANT), state=state,
            words=words.get(name, planted("words of application") if name in {"assessed", "voted"} else "Por agua"),
            criteria_version=VERSION, has_assessors=name == "assessed", has_committee=name in {"assessed", "voted"},
            created_at=world.service.clock(), changed_at=world.service.clock(),
        )  # fmt: skip
        world.keep(session, f"{name}_application", row)


def _add_judgements(session: Session, world: World) -> None:
    now = world.service.clock()
    for name, account in (("assessment", Caller.ASSESSOR), ("other_assessment", "other_assessor")):
        number = world.keep(
            session, name,
            Assessment(
                application_id=world.number("assessed_application"), account_id=world.number(account), assigned_at=now
            ),
        )  # fmt: skip
        for criterion in world.service.charter.criteria[VERSION].weights:
            reason = planted("reason of score") if account is Caller.ASSESSOR else "Cumple"
            session.add(Score(assessment_id=number, criterion=criterion, points=3, reason=reason))
    vote = Vote(
        application_id=world.number("voted_application"), account_id=world.number("juror"), round="first",
        outcome="refused", reason=planted("reason of vote"), cast_at=now,
    )  # fmt: skip
    session.add(vote)
    for name in ("refused", "drafting"):
        decision = Decision(
            application_id=world.number(f"{name}_application"), account_id=world.number("leaver"), round="first",
            outcome="refused", body="secretariat", reason=planted("reason of decision"), decided_at=now,
        )  # fmt: skip
        session.add(decision)
    number = world.number("drafting_application")
    session.add(Appeal(application_id=number, words=planted("words of appeal"), made_at=now))


def add_integrity(session: Session, world: World) -> None:
    """An interest, a conflict that was dismissed, one that waits, and two reports on the firm."""
    now, rulebook = world.service.clock(), world.service.rulebook
    city, firm = world.acting[Caller.REPRESENTATIVE], world.acting[Caller.COUNTERPART]
    interest = InterestDraft(nature=Nature.ADVISORY, with_name=planted("interest"))
    declare_interests(session, acting=city, profile_id=world.number("city"), interests=[interest], now=now)
    draft = ConflictDraft(with_profile_id=world.number("assessing"), nature=Nature.FAMILY)
    declare_conflict(session, acting=firm, profile_id=world.number("firm"), draft=draft, now=now)
    found = conflict_of(session, world.number("firm"), world.number("assessing"))
    world.names["conflict"] = found.id or 0 if found else 0
    decide_conflict(
        session, acting=world.acting[Caller.SECRETARIAT], conflict_id=world.number("conflict"),
        decision=ConflictDecision.DISMISSED, reason=planted("reason of conflict"), now=now,
    )  # fmt: skip
    for name in ("incident", "decided_incident"):
        report = IncidentDraft(
            about_id=world.number("firm"), article="honest_words", text=planted("report"), is_protected=True
        )
        row = report_breach(session, acting=world.acting[Caller.STRANGER], draft=report, rulebook=rulebook, now=now)
        row.assigned_id = world.number(Caller.COMMITTEE)
        world.names[name] = row.id or 0
    for to, measure in ((IncidentState.EXAMINED, None), (IncidentState.DECIDED, Measure.WARNING)):
        take_step(
            session, acting=world.acting[Caller.COMMITTEE], incident_id=world.number("decided_incident"), to=to,
            reason=planted("reason of step"), measure=measure, rulebook=rulebook, now=now,
        )  # fmt: skip


def add_secrets(session: Session, world: World) -> None:
    """Links and codes of letters, an invitation, an address from which letters come back."""
    service, now = world.service, world.service.clock()
    key, public_url = service.signing_key, service.settings.public_url
    ana = session.get_one(Account, world.number(Caller.REPRESENTATIVE))
    link = make_link(session, key=key, account=ana, now=now, public_url=public_url)
    world.names["link"] = link.rsplit("/", 1)[-1]
    nonce = new_nonce()
    secret = secret_of(key, nonce=nonce)
    invitation = Invitation(
        profile_id=world.number("invited"), address=mail("invited mail"), language="es", nonce=nonce,
        digest=digest_of(secret), send_at=now, expires_at=now + timedelta(days=30),
    )  # fmt: skip
    world.keep(session, "invitation", invitation)
    world.names["claim"] = secret
    world.names["answer"] = sign_answer(
        key, kind="introduction_answer", subject_id=world.number("waiting"), answer="yes",
        account_id=world.number(Caller.COUNTERPART), expires_at=now + ANSWER_LIFE, codes={"side": "profile"},
    )  # fmt: skip
    office, rosa = service.admission_office(), world.acting[Caller.SECRETARIAT]
    preview = preview_invitations(session, office=office, acting=rosa, wanted=Wanted())
    world.names |= {"preview": preview.digest, "code": service.rulebook.in_force(now).version, "none": "none"}
    world.names |= {"taxonomy": "taxonomy", "shipped_version": "2017.1"}
    world.names |= {"session": 1, "token": 1}  # of the first who signed in


def add_letters(session: Session, world: World) -> None:
    """A letter with a code, and an address from which letters come back."""
    service, now = world.service, world.service.clock()
    key, public_url = service.signing_key, service.settings.public_url
    ana = session.get_one(Account, world.number(Caller.REPRESENTATIVE))
    asked = open_request(session, key=key, address=ana.email or "", browser="browser", language="es", now=now)
    letter = Letter(account_id=ana.id, kind="sign_in", subject_id=asked.id or 0 if asked else 0, not_before=now,
                    created_at=now)  # fmt: skip
    session.add(letter)
    session.flush()
    said = sign_in_secrets(session, letter, key=key, public_url=public_url, now=now)
    world.names |= {"digits": said.code if said else "", "address": ana.email or ""}
    bounced = Account(name=planted("bounced"), role="city", email="gone@gone.example", created_at=now)
    world.keep(session, "bounced", bounced)
    note_bounce(session, acting=world.acting[Caller.SECRETARIAT], account_id=bounced.id or 0, now=now)
