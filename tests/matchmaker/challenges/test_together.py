import threading
import time

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.actions import edit_needs
from matchmaker.challenges.drafts import NeedsDraft
from matchmaker.challenges.queries import get_challenge
from matchmaker.store.database import Database
from tests.factories import desk, saved_challenge, saved_profile, signed_in

LONG_ENOUGH_TO_COLLIDE_SECONDS = 0.3


def test_two_lists_of_needs_saved_together_leave_one_of_them(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        made = saved_challenge(session, acting=acting, owner=saved_profile(session, acting=acting))

    def edit(needs: list[str]) -> None:
        with database.transaction() as session:
            edit_needs(session, desk=desk(), acting=acting, challenge_id=made.id or 0, draft=NeedsDraft(needs=needs))
            time.sleep(LONG_ENOUGH_TO_COLLIDE_SECONDS)

    lists = [["a", "b"], ["c", "d"]]
    threads = [threading.Thread(target=edit, args=(needs,)) for needs in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        kept = get_challenge(session, acting=OPERATOR, challenge_id=made.id or 0).needs
    assert [need.text for need in kept] in lists
