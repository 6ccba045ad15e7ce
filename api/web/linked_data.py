"""What search engines read: schema.org as JSON-LD, written so that no text of others can leave its element."""

import json

from matchmaker.challenges.queries import FullChallenge
from matchmaker.profiles.queries import FullProfile

TYPES = {"local_government": "GovernmentOrganization", "academia": "CollegeOrUniversity", "expert": "Person"}
"""Of kinds; every other is an Organization."""
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def challenge_data(full: FullChallenge, *, address: str, asker: str) -> str:
    """An open challenge: what is demanded, by whom, where."""
    challenge = full.challenge
    demand: dict[str, object] = {
        "@type": "Demand",
        "name": challenge.title,
        "description": challenge.description,
        "url": address,
        "itemOffered": [{"@type": "Service", "name": need.text} for need in full.needs],
    }
    if challenge.country:
        demand["areaServed"] = _place(challenge.place_name, challenge.region, challenge.country)
    if challenge.starts_on:
        demand["availabilityStarts"] = challenge.starts_on.isoformat()
    if challenge.ends_on:
        demand["availabilityEnds"] = challenge.ends_on.isoformat()
    found = {"@type": "Organization", "name": asker, "seeks": demand} if asker else demand
    return written({"@context": _context(challenge.language), **found})


def profile_data(full: FullProfile, *, address: str, website: str) -> str:
    """A member: who it is, where, what it offers. No contact."""
    profile = full.profile
    found: dict[str, object] = {
        "@context": _context(profile.language),
        "@type": TYPES.get(profile.kind, "Organization"),
        "name": profile.name,
        "description": profile.summary or profile.description,
        "url": address,
        "knowsLanguage": profile.languages,
        "makesOffer": [
            {"@type": "Offer", "itemOffered": {"@type": "Service", "name": offer.title or offer.text}}
            for offer in full.offers
        ],
    }
    if website:
        found["sameAs"] = website
    if profile.country:
        found["location"] = _place(profile.place_name, profile.region, profile.country)
    return written(found)


def written(found: dict[str, object]) -> str:
    """As JSON without any character that means something to HTML."""
    text = json.dumps(found, ensure_ascii=False)
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _context(language: str) -> list[object]:
    """The words of schema.org, and in which language texts are."""
    return ["https://schema.org", {"@language": language}]


def _place(town: str, region: str, country: str) -> dict[str, object]:
    parts = {"addressLocality": town, "addressRegion": region, "addressCountry": country}
    address = {name: value for name, value in parts.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **address}}
