"""A profile as sections worth embedding, in an order that only its own edits change."""

from collections.abc import Sequence

from matchmaker.profiles.models import Experience, Offer, Profile
from matchmaker.sentences import Passage, Section, paragraphs, passages

SUMMARY, DESCRIPTION, OFFER, EXPERIENCE = "summary", "description", "offer", "experience"


def sections_of(profile: Profile, offers: Sequence[Offer], experience: Sequence[Experience]) -> list[Section]:
    """What the agent says of itself: summary, each paragraph, each offer, each thing done with its result."""
    language = profile.language
    name = "" if profile.name == profile.external_id else profile.name  # a bare number says nothing
    said = [Section(SUMMARY, name, profile.summary, language)] if profile.summary else []
    said += [Section(DESCRIPTION, name, part, language) for part in paragraphs(profile.description)]
    said += [Section(OFFER, offer.title, offer.text, language) for offer in offers]
    said += [
        Section(EXPERIENCE, _headline(done), _lines(done.text, done.result, done.for_whom), language)
        for done in experience
    ]
    return said


def passages_of(profile: Profile, offers: Sequence[Offer], experience: Sequence[Experience]) -> list[Passage]:
    """The passages of a profile: sections and sentences; a profile that says nothing is found by its name."""
    sections = sections_of(profile, offers, experience)
    return passages(sections or [Section(SUMMARY, "", profile.name, profile.language)])


def _headline(done: Experience) -> str:
    return ", ".join(part for part in (done.title, done.place_name) if part)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
