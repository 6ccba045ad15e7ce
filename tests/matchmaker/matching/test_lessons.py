from typing import Any

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.models import Challenge
from matchmaker.lessons.models import Lesson, LessonState
from matchmaker.lessons.queries import get_lesson
from matchmaker.matching.documents import all_ids, lesson_document, load_documents
from matchmaker.matching.lessons import FoundLesson, find_lessons
from matchmaker.matching.ports import Subject
from matchmaker.profiles.models import Visibility
from tests.factories import saved_lesson, saved_profile, signed_in
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene


def told(scene: Scene, *, tried: str, name: str = "Otra ciudad", **changes: Any) -> Lesson:
    """A lesson of a town of its own."""
    acting = signed_in(scene.session, name=name)
    author = saved_profile(scene.session, acting=acting, kind="local_government", name=name)
    values = {"title": "Lo que hicimos", "context": "Un barrio.", "tried": f"{tried}.", "result": "Bien."} | changes
    made = saved_lesson(scene.session, acting=acting, author=author, **values)
    scene.read()
    return made


def lessons(scene: Scene, challenge: Challenge, *, acting: Acting = ANYONE, limit: int = 10) -> list[FoundLesson]:
    return find_lessons(
        scene.session, index=scene.index, acting=acting, ask=scene.ask(challenge), owner_id=challenge.owner_id,
        limit=limit,
    )  # fmt: skip


def numbers(found: list[FoundLesson]) -> list[int | None]:
    return [lesson.full.lesson.id for lesson in found]


def test_the_nearest_lesson_comes_first_and_quotes_its_own_words(scene: Scene) -> None:
    both, leaks = told(scene, tried=f"{LEAKS}. {SECTORS}"), told(scene, tried=LEAKS)
    own = scene.challenge(LEAKS, SECTORS)
    found = lessons(scene, own)
    assert numbers(found) == [both.id, leaks.id]
    assert [answer.text if answer else None for answer in found[1].reasons.answers] == [f"{LEAKS}.", None]
    assert [answer.field for answer in found[0].reasons.answers if answer] == ["tried", "tried"]
    assert numbers(lessons(scene, own, limit=1)) == [both.id]


def test_a_lesson_about_something_else_is_not_shown_even_when_it_is_the_only_one(scene: Scene) -> None:
    told(scene, tried=LAMPS)
    assert lessons(scene, scene.challenge(LEAKS)) == []


def test_a_failure_is_found_as_a_success_is(scene: Scene) -> None:
    success, failure = (told(scene, tried=LEAKS, is_failure=failed) for failed in (False, True))
    assert set(numbers(lessons(scene, scene.challenge(LEAKS)))) == {success.id, failure.id}


def test_a_town_of_like_size_comes_first_among_equals(scene: Scene) -> None:
    far = told(scene, tried=LEAKS, place={"name": "Curitiba", "country": "BR"})
    like = told(scene, tried=LEAKS)
    found = lessons(scene, scene.challenge(LEAKS))
    assert numbers(found) == [like.id, far.id]
    assert [circumstance.code for circumstance in found[0].circumstances] == ["like_size"]


def test_ones_own_lessons_are_no_news(scene: Scene) -> None:
    saved_lesson(scene.session, acting=scene.city, author=scene.town, tried=f"{LEAKS}.")
    scene.read()
    assert lessons(scene, scene.challenge(LEAKS)) == []


def test_what_the_index_has_not_heard_of_yet_is_not_shown_either(scene: Scene) -> None:
    withdrawn, hidden, unclaimed = (told(scene, tried=LEAKS, name=name) for name in ("Uno", "Dos", "Tres"))
    own = scene.challenge(LEAKS)
    withdrawn.state = LessonState.WITHDRAWN
    for lesson, visibility in ((hidden, Visibility.HIDDEN), (unclaimed, Visibility.UNCLAIMED)):
        scene.show(get_lesson(scene.session, acting=OPERATOR, lesson_id=lesson.id or 0).author, visibility)
    assert lessons(scene, own) == []
    assert numbers(lessons(scene, own, acting=OPERATOR)) == [unclaimed.id]


def test_a_lesson_can_be_filtered_by_what_it_says(scene: Scene) -> None:
    made = told(scene, tried=LEAKS)
    found = lesson_document(get_lesson(scene.session, acting=OPERATOR, lesson_id=made.id or 0))
    assert found.facets == {
        "visibility:visible", f"author:{made.author_id}", "country:CO", "language:es", "area:energy_environment"
    }  # fmt: skip
    assert (found.subject, found.id, found.version, found.language) == (Subject.LESSON, made.id, 1, "es")


def test_withdrawn_lessons_and_those_of_hidden_authors_do_not_belong_in_an_index(scene: Scene) -> None:
    kept, withdrawn, hidden = (told(scene, tried=LEAKS, name=name) for name in ("Uno", "Dos", "Tres"))
    withdrawn.state = LessonState.WITHDRAWN
    scene.show(get_lesson(scene.session, acting=OPERATOR, lesson_id=hidden.id or 0).author, Visibility.HIDDEN)
    assert list(all_ids(scene.session, subject=Subject.LESSON)) == [kept.id]
    everything = [lesson.id or 0 for lesson in (kept, withdrawn, hidden)]
    assert set(load_documents(scene.session, subject=Subject.LESSON, ids=everything)) == {kept.id}
