"""Posting and changing challenges."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete

from matchmaker.accounts.models import Acting
from matchmaker.challenges.drafts import ChallengeDraft, NeedsDraft
from matchmaker.challenges.models import Audience, Challenge, Need, Status
from matchmaker.challenges.needs import split_needs
from matchmaker.challenges.queries import challenge_by_external_id, get_challenge, owns
from matchmaker.challenges.refusals import number_of_challenge
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError
from matchmaker.languages import detect
from matchmaker.places.actions import locate
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.profiles.refusals import REFUSED_BY_OWNER, is_refused
from matchmaker.store.outbox import Topic, leave_message
from matchmaker.taxonomy.models import Concern
from matchmaker.taxonomy.rules import check_code
from matchmaker.texts import draft_digest


def post_challenge(
    session: Session, *, desk: Desk, acting: Acting, owner_id: int | None, draft: ChallengeDraft
) -> Challenge:
    """Post a challenge for a profile that the account represents; any of the eight kinds may ask.

    Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`, `unknown_code`, `external_id_taken`, place errors.
    """
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    if owner_id is not None:
        get_profile(session, acting=acting, profile_id=owner_id)
    _check_owner(session, acting=acting, owner_id=owner_id)
    challenge = new_row(desk, owner_id=owner_id)
    write_challenge(session, desk=desk, challenge=challenge, draft=draft)
    return challenge


def edit_challenge(
    session: Session, *, desk: Desk, acting: Acting, challenge_id: int, draft: ChallengeDraft
) -> Challenge:
    """Replace a challenge's words. Raises `challenge_unknown`, `not_your_challenge`, `unknown_code`, place errors."""
    challenge = own_row(session, acting=acting, challenge_id=challenge_id)
    write_challenge(session, desk=desk, challenge=challenge, draft=draft)
    return challenge


def edit_needs(session: Session, *, desk: Desk, acting: Acting, challenge_id: int, draft: NeedsDraft) -> Challenge:
    """Replace the needs by the author's own list, which from now on counts as confirmed."""
    challenge = own_row(session, acting=acting, challenge_id=challenge_id)
    touch(session, desk=desk, challenge=challenge)
    replace_needs(session, challenge_id=challenge_id, needs=draft.needs, is_suggested=False)
    return challenge


def set_status(session: Session, *, desk: Desk, acting: Acting, challenge_id: int, status: Status) -> Challenge:
    """Open, close or withdraw a challenge; to open a draft is to post it.

    Raises `challenge_incomplete` for a draft without words; `challenge_is_draft` and `challenge_is_posted` where one
    is not for the other.
    """
    challenge = own_row(session, acting=acting, challenge_id=challenge_id)
    if challenge.status == Status.DRAFT and status is not Status.OPEN:
        raise ConflictError("challenge_is_draft", challenge_id=challenge_id)
    if challenge.status != Status.DRAFT and status is Status.DRAFT:
        raise ConflictError("challenge_is_posted", challenge_id=challenge_id)
    if challenge.status == Status.DRAFT:
        check_complete(challenge)
    if challenge.status == status:
        return challenge
    challenge.status = status
    touch(session, desk=desk, challenge=challenge)
    return challenge


def import_challenge(
    session: Session,
    *,
    desk: Desk,
    source: str,
    owner_id: int | None,
    draft: ChallengeDraft,
    is_reference: bool = False,
    is_demo: bool = False,
) -> tuple[Challenge, bool]:
    """Create or replace the challenge that `source` calls `draft.external_id`; the flag says whether anything changed.

    A refused draft leaves nothing behind in the session, so that an import can go on with its next row.
    Raises `refused_by_owner`, and what `post_challenge` raises.
    """
    digest = draft_digest(draft)
    if draft.external_id and is_refused(session, source=source, external_id=number_of_challenge(draft.external_id)):
        raise ConflictError(REFUSED_BY_OWNER, field="external_id", value=draft.external_id)
    known = draft.external_id and challenge_by_external_id(session, source=source, external_id=draft.external_id)
    if known and known.import_digest == digest:
        return known, False
    challenge = known or new_row(desk, owner_id=owner_id)
    with session.begin_nested():
        challenge.source, challenge.import_digest = source, digest
        challenge.is_reference, challenge.is_demo = is_reference, is_demo
        challenge.audience = challenge.audience if known else Audience.PUBLIC  # a file says nothing of readers
        write_challenge(session, desk=desk, challenge=challenge, draft=draft)
    return challenge, True


def write_challenge(session: Session, *, desk: Desk, challenge: Challenge, draft: ChallengeDraft) -> None:
    """Write the words of `draft` onto a row, with its needs; ask for the index."""
    fill_challenge(session, desk=desk, challenge=challenge, draft=draft)
    _check_external_id(session, challenge)
    touch(session, desk=desk, challenge=challenge)
    needs, is_suggested = needs_of(draft, language=challenge.language)
    replace_needs(session, challenge_id=challenge.id or 0, needs=needs, is_suggested=is_suggested)


def fill_challenge(session: Session, *, desk: Desk, challenge: Challenge, draft: ChallengeDraft) -> None:
    """Write the words of `draft` onto a row that may never be saved (a challenge that is only tried)."""
    for area in draft.areas:
        check_code(desk.taxonomy, Concern.AREAS, area, field="areas")
    for principle in draft.principles:
        check_code(desk.taxonomy, Concern.PRINCIPLES, principle, field="principles")
    challenge.external_id = draft.external_id or challenge.external_id  # an edit does not lose the import's number
    copied = ("title", "description", "expected_benefit", "beneficiaries", "budget_band")
    for name in (*copied, "starts_on", "ends_on", "procurement", "buyer", "url"):
        setattr(challenge, name, getattr(draft, name))
    challenge.audience = draft.audience or challenge.audience
    challenge.language = draft.language or detect(draft.words).language
    challenge.areas = list(dict.fromkeys(draft.areas))
    challenge.principles = list(dict.fromkeys(draft.principles))
    challenge.taxonomy_version = desk.taxonomy.version
    locate(session, finder=desk.finder, draft=draft.place, row=challenge)


def needs_of(draft: ChallengeDraft, *, language: str) -> tuple[list[str], bool]:
    """The author's needs, or those split from the description; the flag says that they are suggestions."""
    if draft.needs:
        return list(draft.needs), False
    return split_needs(draft.description, language=language), True


def new_row(desk: Desk, *, owner_id: int | None) -> Challenge:
    """A row without words yet."""
    return Challenge(
        owner_id=owner_id, language="", title="", description="", version=0, created_at=desk.now, updated_at=desk.now
    )


def own_row(session: Session, *, acting: Acting, challenge_id: int) -> Challenge:
    """A challenge that the account may change. Raises `challenge_unknown`, `not_your_challenge`."""
    challenge = get_challenge(session, acting=acting, challenge_id=challenge_id).challenge
    if challenge.is_reference:
        raise NotAllowedError("reference_is_read_only", challenge_id=challenge_id)
    if acting.is_secretariat:
        return challenge
    if not owns(session, acting=acting, challenge_id=challenge_id):
        raise NotAllowedError("not_your_challenge", challenge_id=challenge_id)
    return challenge


def check_complete(challenge: Challenge) -> None:
    """Raise `challenge_incomplete` for one that cannot be shown: it lacks a title, or a description with words."""
    said = {"title": challenge.title, "description": challenge.description}
    missing = [name for name, text in said.items() if not any(letter.isalpha() for letter in text)]
    if missing:
        raise InvalidInputError("challenge_incomplete", field=missing[0])


def _check_owner(session: Session, *, acting: Acting, owner_id: int | None) -> None:
    if acting.is_secretariat:
        return
    if owner_id is None or not represents(session, acting=acting, profile_id=owner_id):
        raise NotAllowedError("not_your_profile", profile_id=owner_id)


def _check_external_id(session: Session, challenge: Challenge) -> None:
    """Raise `external_id_taken` when another challenge of the same source has the number."""
    if challenge.external_id is None:
        return
    with session.no_autoflush:
        other = challenge_by_external_id(session, source=challenge.source, external_id=challenge.external_id)
    if other is not None and other is not challenge:
        raise ConflictError("external_id_taken", field="external_id", value=challenge.external_id)


def replace_needs(session: Session, *, challenge_id: int, needs: Sequence[str], is_suggested: bool) -> None:
    """Write the needs of a challenge anew, in this order."""
    session.exec(delete(Need).where(col(Need.challenge_id) == challenge_id))
    for position, text in enumerate(needs):
        session.add(Need(challenge_id=challenge_id, position=position, text=text, is_suggested=is_suggested))
    session.flush()


def touch(session: Session, *, desk: Desk, challenge: Challenge) -> None:
    """Note the change and write the row at once: until the commit nobody else can replace its needs."""
    challenge.version += 1
    challenge.updated_at = desk.now
    session.add(challenge)
    session.flush()
    if challenge.status != Status.DRAFT:
        leave_message(session, topic=Topic.INDEX_CHALLENGE, subject_id=challenge.id or 0, now=desk.now)
