"""What an alert found as an Atom feed (RFC 4287): the same words and rows give the same bytes. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape
from uuid import UUID, uuid5

from feedgenerator import Atom1Feed

from api.i18n import words
from matchmaker.alerts.models import Alert
from matchmaker.alerts.queries import Found, Quoted
from matchmaker.challenges.models import Procurement
from matchmaker.languages import WorkingLanguage

MEDIA_TYPE = "application/atom+xml"
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML 1.0 (2.2) has no way to write."""


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that is as new as its newest entry, and without entries as old as its alert, not as the clock."""

    def __init__(self, *, updated: datetime, **values: object) -> None:
        super().__init__(**values)
        self._updated = updated

    def latest_post_date(self) -> datetime:
        return self._updated


def atom_feed(
    alert: Alert, found: Sequence[Found], *, language: WorkingLanguage, public_url: str, address: str
) -> bytes:
    """The feed of an alert; entries lead to the page of their challenge under `public_url`."""
    identity = UUID(alert.feed_identity)
    feed = _Feed(
        updated=max([alert.created_at, *(one.finding.found_at for one in found)]),
        title=_clean(words(language, "feed.title", {"name": alert.name})),
        link=f"{public_url}/challenges",
        description=words(language, "feed.subtitle", {}),
        language=str(language),
        author_name="matchmaker",
        feed_url=address,
        feed_guid=identity.urn,
    )
    for one in found:
        challenge = one.full.challenge
        feed.add_item(
            title=_clean(", ".join(part for part in (challenge.title, challenge.place_name) if part)),
            link=f"{public_url}/challenges/{challenge.id}",
            description=_clean(_evidence(one, language)),
            pubdate=one.finding.found_at,
            updateddate=one.finding.found_at,
            unique_id=uuid5(identity, str(challenge.id)).urn,
            categories=challenge.areas,
        )
    return str(feed.writeString("utf-8")).encode()


def _evidence(found: Found, language: WorkingLanguage) -> str:
    """The sentences that say why, as HTML; and what a reader must know of an open procurement."""
    parts = [_quoted(quoted, language) for quoted in found.quoted]
    if found.full.challenge.procurement == Procurement.OPEN:
        parts.append(f"<p>{escape(words(language, 'feed.procurement_open', {}))}</p>")
    return "".join(parts)


def _quoted(quoted: Quoted, language: WorkingLanguage) -> str:
    key = "feed.your_profile_says" if quoted.need else "feed.the_challenge_says"
    need = f"<p>{escape(words(language, 'feed.need', {}))}: {escape(quoted.need)}</p>" if quoted.need else ""
    said = f'<blockquote lang="{escape(quoted.language)}">{escape(quoted.text)}</blockquote>'
    return f"{need}<p>{escape(words(language, key, {}))}:</p>{said}"


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
