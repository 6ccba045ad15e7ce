"""How a match would quote a profile that is still being written: the same examination, and nothing is kept."""

from matchmaker.accounts.models import Acting
from matchmaker.matching.actions import Wanted, candidate_of, explained, request_for
from matchmaker.matching.asks import Ask
from matchmaker.matching.documents import profile_document
from matchmaker.matching.ports import SearchIndex
from matchmaker.matching.ranking import Ranked, rank
from matchmaker.profiles.queries import FullProfile


def preview(*, index: SearchIndex, acting: Acting, ask: Ask, full: FullProfile) -> Ranked | None:
    """The match between a challenge and a profile as it would be seen; nothing where nothing is asked."""
    found = index.try_out(profile_document(full), [request_for(acting, ask, Wanted())])[0]
    if found is None:
        return None
    return explained(ask, rank([candidate_of(ask, found, full)], shown={})[0], full).ranked
