"""One's account as a page."""

from collections.abc import Collection

from api.web.choices import language_choices
from api.web.events import coming_events
from api.web.frames import Asked
from api.web.lines import named
from api.web.people_views import AccountPage, MemberShown, SessionShown, TokenShown
from api.web.pieces import Choice
from api.web.typed import Typed
from matchmaker.accounts.actions import own_tokens
from matchmaker.accounts.models import Acting, ApiToken, Scope
from matchmaker.accounts.queries import own_account
from matchmaker.accounts.sessions import list_sessions
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.habits import habits_of
from matchmaker.letters.kinds import OF_ACCOUNTS
from matchmaker.letters.models import LetterHabits
from matchmaker.membership.assessment_queries import is_assessor
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.queries import full_profiles, represented_with_parts

HOURS = range(24)
NOTHING = Typed()


def account_page(
    asked: Asked, *, oneself: Typed = NOTHING, letters: Typed = NOTHING, token: Typed = NOTHING,
    key: str = "", done: str = "",
) -> AccountPage:  # fmt: skip
    """Oneself, with forms as they were filled in. Raises `sign_in_needed`."""
    acting, session = asked.signed_in(), asked.session
    account, habits = own_account(session, acting=acting), habits_of(session, acting=acting)
    is_posted = bool(oneself.values or letters.values or token.values)
    return AccountPage(
        language=asked.language,
        frame=asked.frame("account", form="page-form" if is_posted else ""),
        email=account.email or "",
        role=account.role,
        oneself=oneself if oneself.values else Typed({"name": account.name}),
        languages=_languages(asked, str(oneself.get("language") or account.language)),
        coming=coming_events(asked, acting),
        members=members_shown(asked, acting),
        assesses=is_assessor(session, acting=acting),
        letters=letters if letters.values else Typed({"time_zone": habits.time_zone}),
        groups=_groups(habits),
        hours_from=_hours(habits.quiet_from),
        hours_until=_hours(habits.quiet_until),
        sessions=_sessions(asked, acting),
        tokens=tuple(_token(row) for row in own_tokens(session, acting=acting)),
        token=token,
        scopes=tuple(Choice(scope, scope, scope in _wanted(token)) for scope in Scope),
        key=key,
        done=done,
    )


def _wanted(token: Typed) -> Collection[object]:
    said = token.values.get("scopes")
    return said if isinstance(said, (list, tuple)) else [Scope.READ]


def _languages(asked: Asked, chosen: str) -> tuple[Choice, ...]:
    offered = set(WorkingLanguage)
    return tuple(each for each in language_choices(asked.language, chosen=chosen) if each.value in offered)


def members_shown(asked: Asked, acting: Acting) -> tuple[MemberShown, ...]:
    """The members for which somebody acts."""
    parts = dict(represented_with_parts(asked.session, acting=acting))
    found = full_profiles(asked.session, acting=acting, profile_ids=set(parts))
    return tuple(
        MemberShown(named(full.profile), parts[number], full.profile.visibility == Visibility.VISIBLE)
        for number, full in sorted(found.items())
    )


def _sessions(asked: Asked, acting: Acting) -> tuple[SessionShown, ...]:
    rows = list_sessions(asked.session, acting=acting, now=asked.service.clock())
    return tuple(
        SessionShown(row.id or 0, row.device, row.created_at, row.seen_at, row.id == acting.session_id) for row in rows
    )


def _token(row: ApiToken) -> TokenShown:
    return TokenShown(row.id or 0, row.label, tuple(row.scopes), row.created_at, row.expires_at)


def _groups(habits: LetterHabits) -> tuple[Choice, ...]:
    """Those that are wanted are ticked."""
    return tuple(Choice(group, group, group not in habits.unwanted) for group in OF_ACCOUNTS)


def _hours(chosen: int) -> tuple[Choice, ...]:
    return tuple(Choice(str(hour), f"{hour:02}:00", hour == chosen) for hour in HOURS)
