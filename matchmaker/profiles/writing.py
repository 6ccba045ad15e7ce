"""Writing a profile in steps: a working copy that can be left and resumed, and is read by nobody else meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.languages import UNDETERMINED, WorkingLanguage, detect
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.models import Located
from matchmaker.profiles.actions import Desk, create_profile, fill_profile, parts_of
from matchmaker.profiles.drafts import ExperienceDraft, FactDraft, OfferDraft, ProfileDraft, keeping
from matchmaker.profiles.models import Profile, Representation, Visibility, WorkingCopy
from matchmaker.profiles.queries import FullProfile, get_profile, represents
from matchmaker.profiles.refusals import erase_words

PLAIN = ("external_id", "kind", "name", "language", "summary", "description", "languages", "delivery_area", "areas",
         "website")  # fmt: skip
"""What a profile says in fields of its own, but for what nobody is shown."""


@dataclass(frozen=True)
class Written:
    """A profile as it is being written. `saved_at` is nothing while the copy says what is published."""

    profile: Profile
    draft: ProfileDraft
    is_first: bool
    saved_at: datetime | None


def begin_profile(session: Session, *, desk: Desk, acting: Acting, draft: ProfileDraft) -> Written:
    """Begin a profile that nobody else sees before it is published; the same begun twice is begun once.

    Raises what `create_profile` raises.
    """
    known = _begun(session, acting=acting, name=draft.name)
    if known is not None:
        return written(session, acting=acting, profile_id=known)
    profile = create_profile(session, desk=desk, acting=acting, draft=draft, visibility=Visibility.HIDDEN)
    session.add(WorkingCopy(profile_id=profile.id or 0, words=_words(draft), is_first=True, saved_at=desk.now))
    session.flush()
    return Written(profile, draft, is_first=True, saved_at=desk.now)


def written(session: Session, *, acting: Acting, profile_id: int) -> Written:
    """A profile as it is being written. Raises `profile_unknown`, `not_your_profile`."""
    full = get_profile(session, acting=acting, profile_id=profile_id)
    if not (acting.is_secretariat or represents(session, acting=acting, profile_id=profile_id)):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    copy = session.get(WorkingCopy, profile_id)
    if copy is None:
        return Written(full.profile, draft_of(full), is_first=False, saved_at=None)
    return Written(full.profile, ProfileDraft.model_validate(copy.words), copy.is_first, copy.saved_at)


def save_copy(session: Session, *, acting: Acting, profile_id: int, draft: ProfileDraft, now: datetime) -> Written:
    """Save what is being written. Raises `profile_unknown`, `not_your_profile`."""
    before = written(session, acting=acting, profile_id=profile_id)
    copy = session.get(WorkingCopy, profile_id) or WorkingCopy(profile_id=profile_id, saved_at=now)
    copy.words, copy.saved_at = _words(draft), now
    session.add(copy)
    session.flush()
    return Written(before.profile, draft, copy.is_first, now)


def take_copy(session: Session, *, acting: Acting, profile_id: int) -> tuple[ProfileDraft, bool]:
    """Take the words of a working copy to publish them, and whether they are the first; the copy is gone.

    Raises `profile_unknown`, `not_your_profile`, `nothing_to_publish`.
    """
    found = written(session, acting=acting, profile_id=profile_id)
    copy = session.get(WorkingCopy, profile_id)
    if copy is None:
        raise ConflictError("nothing_to_publish", profile_id=profile_id)
    draft = keeping(found.draft, found.profile, given=found.draft.model_fields_set)
    session.delete(copy)
    session.flush()
    return draft, found.is_first


def discard_copy(session: Session, *, acting: Acting, profile_id: int, now: datetime) -> bool:
    """Throw away what was written since it was published; of what never was, everything. Says whether it was that.

    Raises `profile_unknown`, `not_your_profile`.
    """
    found = written(session, acting=acting, profile_id=profile_id)
    session.exec(delete(WorkingCopy).where(col(WorkingCopy.profile_id) == profile_id))
    if found.is_first:
        erase_words(session, profile=found.profile, now=now)
        session.exec(delete(Representation).where(col(Representation.profile_id) == profile_id))
    return found.is_first


def unpublished_of(session: Session, *, acting: Acting) -> frozenset[int]:
    """The profiles of one's own that were never published."""
    statement = (
        select(WorkingCopy.profile_id)
        .join(Representation, col(Representation.profile_id) == col(WorkingCopy.profile_id))
        .where(Representation.account_id == acting.account_id, col(WorkingCopy.is_first))
    )
    return frozenset(session.exec(statement).all())


def as_published(session: Session, *, desk: Desk, found: Written) -> FullProfile:
    """The profile that a working copy would be, seen by all; its rows are never added to the session.

    Raises `unknown_code`, place errors.
    """
    known = found.profile
    row = Profile(
        id=known.id, kind="", name="", language="", visibility=Visibility.VISIBLE, version=known.version,
        created_at=known.created_at, updated_at=desk.now,
    )  # fmt: skip
    with session.no_autoflush:
        fill_profile(session, desk=desk, profile=row, draft=found.draft)
        offers, done = parts_of(session, desk=desk, profile_id=known.id or 0, draft=found.draft)
    return FullProfile(row, offers, done)


def draft_language(draft: ProfileDraft) -> str:
    """The language of what is written, as far as it shows."""
    if draft.language:
        return draft.language
    seen = detect(draft.words).language if draft.words else UNDETERMINED
    return seen if seen != UNDETERMINED else next(iter(draft.languages), WorkingLanguage.ES)


def draft_of(full: FullProfile) -> ProfileDraft:
    """A profile as it would be said again, but for what nobody is shown."""
    profile = full.profile
    offers = [OfferDraft(title=offer.title, text=offer.text) for offer in full.offers]
    done = [
        ExperienceDraft(
            title=item.title, place=place_of(item), year=item.year, text=item.text, result=item.result,
            for_whom=item.for_whom,
        )
        for item in full.experience
    ]  # fmt: skip
    kept = {name: getattr(profile, name) for name in PLAIN}
    facts = [FactDraft(text=fact.get("text", ""), source=fact.get("source", "")) for fact in profile.facts]
    return ProfileDraft(**kept, place=place_of(profile), offers=offers, experience=done, facts=facts)


def place_of(row: Located) -> PlaceDraft | None:
    """The place of a row as a draft names it."""
    if row.geonameid is not None:
        return PlaceDraft(geonameid=row.geonameid)
    return None if row.territory_id is None else PlaceDraft(territory_id=row.territory_id)


def _begun(session: Session, *, acting: Acting, name: str) -> int | None:
    """A profile of this name that the account has begun and not published."""
    statement = select(Profile.id).where(
        col(Profile.id).in_(unpublished_of(session, acting=acting)), Profile.name == name
    )
    return session.exec(statement).first()


def _words(draft: ProfileDraft) -> dict[str, object]:
    return draft.model_dump(mode="json", exclude_unset=True)
