"""Saving profiles."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError
from matchmaker.languages import UNDETERMINED, detect
from matchmaker.places.actions import PlaceFinder, locate
from matchmaker.places.regions import MacroRegionCode
from matchmaker.profiles.drafts import ExperienceDraft, ProfileDraft
from matchmaker.profiles.models import Experience, Offer, Profile, Representation, Visibility
from matchmaker.profiles.queries import get_profile, profile_by_external_id, represents
from matchmaker.profiles.refusals import check_import
from matchmaker.store.outbox import Topic, leave_message
from matchmaker.taxonomy.models import Concern, Taxonomy
from matchmaker.taxonomy.rules import check_code
from matchmaker.texts import draft_digest

COUNTRY_LETTERS = 2


@dataclass(frozen=True)
class Desk:
    """What every save needs beside its session: the lists in force, the gazetteer, the moment."""

    taxonomy: Taxonomy
    finder: PlaceFinder
    now: datetime


def create_profile(
    session: Session,
    *,
    desk: Desk,
    acting: Acting,
    draft: ProfileDraft,
    visibility: Visibility = Visibility.VISIBLE,
) -> Profile:
    """Save a new profile, represented by the account that makes it; admission says how it is seen at first.

    Raises `sign_in_needed`, `unknown_code`, `external_id_taken`, place errors.
    """
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    profile = Profile(
        kind="", name="", language="", visibility=visibility, created_at=desk.now, updated_at=desk.now, version=0
    )
    _write(session, desk=desk, profile=profile, draft=draft)
    if acting.account_id is not None and acting.role is not Role.SECRETARIAT:
        session.add(Representation(account_id=acting.account_id, profile_id=profile.id or 0))
    return profile


def save_profile(session: Session, *, desk: Desk, acting: Acting, profile_id: int, draft: ProfileDraft) -> Profile:
    """Replace a profile's words.

    Raises `profile_unknown`, `not_your_profile`, `unknown_code`, `external_id_taken`, place errors.
    """
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    if not (acting.is_secretariat or represents(session, acting=acting, profile_id=profile_id)):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    _write(session, desk=desk, profile=profile, draft=draft)
    return profile


def import_profile(
    session: Session, *, desk: Desk, source: str, draft: ProfileDraft, visibility: Visibility, is_demo: bool = False
) -> tuple[Profile, bool]:
    """Create or replace the profile that `source` calls `draft.external_id`; the flag says whether anything changed.

    A refused draft leaves nothing behind in the session, so that an import can go on with its next row.
    Raises `refused_by_owner`, `owned_by_its_author`, and what `create_profile` raises.
    """
    digest = draft_digest(draft)
    known = profile_by_external_id(session, source=source, external_id=draft.external_id) if draft.external_id else None
    if known and known.import_digest == digest:
        return known, False
    check_import(session, source=source, external_id=draft.external_id, known=known)
    profile = known or Profile(
        kind="", name="", language="", source=source, visibility=visibility, is_demo=is_demo,
        created_at=desk.now, updated_at=desk.now, version=0,
    )  # fmt: skip
    with session.begin_nested():
        profile.import_digest = digest
        _write(session, desk=desk, profile=profile, draft=draft)
    return profile, True


def set_visibility(session: Session, *, profile: Profile, visibility: Visibility, now: datetime) -> None:
    """Show or hide a profile everywhere, from this moment; one that is blocked, once it is no longer."""
    if profile.visibility_unblocked:
        profile.visibility_unblocked = visibility
        visibility = Visibility.HIDDEN
    profile.version += profile.visibility != visibility
    profile.visibility = visibility
    profile.updated_at = now
    session.add(profile)
    leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=profile.id or 0, now=now)


def _write(session: Session, *, desk: Desk, profile: Profile, draft: ProfileDraft) -> None:
    profile.external_id = draft.external_id or profile.external_id  # a later edit does not lose the import's number
    _check_external_id(session, profile)
    fill_profile(session, desk=desk, profile=profile, draft=draft)
    profile.version += 1
    session.add(profile)
    session.flush()
    _replace_parts(session, desk=desk, profile_id=profile.id or 0, draft=draft)
    leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=profile.id or 0, now=desk.now)


def fill_profile(session: Session, *, desk: Desk, profile: Profile, draft: ProfileDraft) -> None:
    """Write what a draft says onto a row, saved or not. Raises `unknown_code`, place errors."""
    _check_codes(desk.taxonomy, draft)
    profile.kind, profile.name, profile.summary = draft.kind, draft.name, draft.summary
    profile.description, profile.website, profile.email = draft.description, draft.website, draft.email
    profile.registration_number, profile.address = draft.registration_number, draft.address
    profile.language = draft.language or _language_of(draft)
    profile.languages = list(dict.fromkeys(draft.languages))
    profile.delivery_area = list(dict.fromkeys(draft.delivery_area))
    profile.areas = list(dict.fromkeys(draft.areas))
    profile.taxonomy_version = desk.taxonomy.version
    profile.facts = [fact.model_dump() for fact in draft.facts]
    locate(session, finder=desk.finder, draft=draft.place, row=profile)
    profile.updated_at = desk.now


def parts_of(
    session: Session, *, desk: Desk, profile_id: int, draft: ProfileDraft
) -> tuple[tuple[Offer, ...], tuple[Experience, ...]]:
    """Rows of what a draft offers and has done, not yet saved. Raises place errors."""
    offers = tuple(
        Offer(profile_id=profile_id, position=position, title=offer.title, text=offer.text)
        for position, offer in enumerate(draft.offers)
    )
    done = tuple(
        _experience(session, desk=desk, profile_id=profile_id, position=position, done=item)
        for position, item in enumerate(draft.experience)
    )
    return offers, done


def _replace_parts(session: Session, *, desk: Desk, profile_id: int, draft: ProfileDraft) -> None:
    session.exec(delete(Offer).where(col(Offer.profile_id) == profile_id))
    session.exec(delete(Experience).where(col(Experience.profile_id) == profile_id))
    offers, done = parts_of(session, desk=desk, profile_id=profile_id, draft=draft)
    session.add_all([*offers, *done])
    session.flush()


def _experience(session: Session, *, desk: Desk, profile_id: int, position: int, done: ExperienceDraft) -> Experience:
    row = Experience(
        profile_id=profile_id, position=position, title=done.title, year=done.year, text=done.text, result=done.result,
        for_whom=done.for_whom,
    )  # fmt: skip
    locate(session, finder=desk.finder, draft=done.place, row=row)
    return row


def _check_external_id(session: Session, profile: Profile) -> None:
    """Raise `external_id_taken` when another profile of the same source has the number."""
    if profile.external_id is None:
        return
    with session.no_autoflush:
        other = profile_by_external_id(session, source=profile.source, external_id=profile.external_id)
    if other is not None and other is not profile:
        raise ConflictError("external_id_taken", field="external_id", value=profile.external_id)


def _check_codes(taxonomy: Taxonomy, draft: ProfileDraft) -> None:
    check_code(taxonomy, Concern.KINDS, draft.kind, field="kind")
    for area in draft.areas:
        check_code(taxonomy, Concern.AREAS, area, field="areas")
    for reach in draft.delivery_area:
        if len(reach) > COUNTRY_LETTERS and reach not in set(MacroRegionCode):
            raise InvalidInputError("unknown_code", field="delivery_area", value=reach, known=sorted(MacroRegionCode))


def _language_of(draft: ProfileDraft) -> str:
    found = detect(draft.words or draft.name).language
    return found if found != UNDETERMINED or not draft.languages else draft.languages[0]
