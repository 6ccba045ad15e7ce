"""A challenge written step by step, left and taken up again; what is not posted yet is kept as a draft."""

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import check_complete, check_owner, new_row, own_row, replace_needs, touch
from matchmaker.challenges.drafts import Sketch
from matchmaker.challenges.models import Challenge, Need, Status
from matchmaker.challenges.needs import split_needs
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.languages import detect
from matchmaker.places.actions import locate
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.queries import get_profile
from matchmaker.taxonomy.models import Concern
from matchmaker.taxonomy.rules import check_code

COPIED = ("title", "description", "expected_benefit", "beneficiaries", "budget_band", "starts_on", "ends_on",
          "procurement", "audience")  # fmt: skip
LISTS = {"areas": Concern.AREAS, "principles": Concern.PRINCIPLES}


def begin_challenge(session: Session, *, desk: Desk, acting: Acting, owner_id: int, sketch: Sketch) -> Challenge:
    """Keep a new draft for a member that the account acts for; begun twice with the same words it is one.

    Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`, and what `sketch_challenge` raises.
    """
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    get_profile(session, acting=acting, profile_id=owner_id)
    check_owner(session, acting=acting, owner_id=owner_id)
    same = select(Challenge).where(
        Challenge.owner_id == owner_id, Challenge.status == Status.DRAFT,
        Challenge.title == sketch.title, Challenge.description == sketch.description,
    )  # fmt: skip
    known = session.exec(same.order_by(col(Challenge.id))).first()
    if known is not None:
        return known
    challenge = new_row(desk, owner_id=owner_id)
    challenge.status = Status.DRAFT
    _write(session, desk=desk, challenge=challenge, sketch=sketch)
    return challenge


def sketch_challenge(session: Session, *, desk: Desk, acting: Acting, challenge_id: int, sketch: Sketch) -> Challenge:
    """Write what `sketch` says of a challenge and leave the rest; one that is posted keeps title and description.

    Raises `challenge_unknown`, `not_your_challenge`, `challenge_incomplete`, `unknown_code`, place errors.
    """
    challenge = own_row(session, acting=acting, challenge_id=challenge_id)
    _write(session, desk=desk, challenge=challenge, sketch=sketch)
    if challenge.status != Status.DRAFT:
        check_complete(challenge)
    return challenge


def discard_draft(session: Session, *, acting: Acting, challenge_id: int) -> None:
    """Forget a draft. Raises `challenge_unknown`, `not_your_challenge`, `challenge_is_posted`."""
    challenge = own_row(session, acting=acting, challenge_id=challenge_id)
    if challenge.status != Status.DRAFT:
        raise ConflictError("challenge_is_posted", challenge_id=challenge_id)
    session.delete(challenge)
    session.flush()


def _write(session: Session, *, desk: Desk, challenge: Challenge, sketch: Sketch) -> None:
    said = sketch.model_fields_set
    for name, concern in LISTS.items():
        for code in getattr(sketch, name):
            check_code(desk.taxonomy, concern, code, field=name)
        if name in said:
            setattr(challenge, name, list(dict.fromkeys(getattr(sketch, name))))
            challenge.taxonomy_version = desk.taxonomy.version
    for name in COPIED:
        if name in said:
            setattr(challenge, name, getattr(sketch, name))
    if "place" in said:
        locate(session, finder=desk.finder, draft=sketch.place, row=challenge)
    if said & {"language", "title", "description"} or not challenge.language:
        challenge.language = sketch.language or detect(f"{challenge.title}\n{challenge.description}").language
    touch(session, desk=desk, challenge=challenge)
    _write_needs(session, challenge=challenge, sketch=sketch)


def _write_needs(session: Session, *, challenge: Challenge, sketch: Sketch) -> None:
    """The author's own needs; while there are none, those split from the description as it is now."""
    number, said = challenge.id or 0, sketch.model_fields_set
    if sketch.needs:
        replace_needs(session, challenge_id=number, needs=sketch.needs, is_suggested=False)
        return
    known = session.exec(select(Need).where(Need.challenge_id == number)).all()
    are_own = any(not need.is_suggested for need in known)
    if "needs" in said or (not are_own and said & {"language", "description"}):
        found = split_needs(challenge.description, language=challenge.language) if challenge.description else []
        replace_needs(session, challenge_id=number, needs=found, is_suggested=True)
