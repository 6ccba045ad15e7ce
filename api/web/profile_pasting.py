"""A profile drafted from a text that somebody already has: sorted, looked over, and only then kept."""

from collections.abc import Sequence

from api.web.frames import Asked
from api.web.profile_step_views import PastePage, SortedPage
from api.web.profile_steps import writing_of
from api.web.typed import Typed
from matchmaker.exchange.papers import PAPER_BYTES, PAPER_CHARACTERS, PAPER_PAGES
from matchmaker.languages import UNDETERMINED, detect
from matchmaker.matching.belonging import by_meaning
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.sorting import Place, Sorted, sort_text, with_sentences
from matchmaker.profiles.writing import draft_language, written

MEGABYTE = 1_000_000


def paste_page(asked: Asked, profile_id: int, typed: Typed) -> PastePage:
    """Where a text is pasted or a file is brought. Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`."""
    found = written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    frame = asked.frame("profiles", form="paste-form" if typed.errors else "")
    return PastePage(asked.language, frame, writing_of(found), typed, PAPER_BYTES // MEGABYTE, PAPER_PAGES)


def sorted_page(asked: Asked, profile_id: int, text: str) -> SortedPage:
    """Every sentence of a text with where it seems to belong; nothing is kept yet."""
    found = written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    seen = detect(text).language
    spoken = seen if seen != UNDETERMINED else draft_language(found.draft)
    result = sort_text(
        text[:PAPER_CHARACTERS], language=spoken, nearest=by_meaning(asked.service.index, language=spoken)
    )
    return SortedPage(
        language=asked.language,
        frame=asked.frame("profiles", form="sorted-form"),
        writing=writing_of(found),
        text=text,
        sentences=result.sentences,
        spoken=spoken,
        website=result.website,
        left_out=result.left_out,
    )


def chosen(
    draft: ProfileDraft, *, texts: Sequence[str], places: Sequence[str], together: Sequence[str], website: str
) -> ProfileDraft:
    """The draft with the sentences where their author put them."""
    kept = [
        Sorted(text, Place(place), int(group) if group.isdecimal() else 0)
        for text, place, group in zip(texts, places, together, strict=False)
        if place in set(Place) and place != Place.ASIDE and text.strip()
    ]
    return with_sentences(draft, kept, website=website)
