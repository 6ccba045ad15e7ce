"""What every search index owes to matching. A subclass gives the fixture `searched`: documents to a filled index."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from matchmaker.matching.ports import Document, Hit, Query, SearchIndex, SearchRequest, Subject
from matchmaker.sentences import Level, Section, passages

Searched = Callable[[Sequence[Document]], SearchIndex]

LEAKS = "Buscamos fugas de agua en redes de tuberías enterradas"
LAMPS = "Cambiamos lámparas viejas por alumbrado público con sensores"
WASTE = "Separamos residuos orgánicos en los mercados y hacemos compost"
BUSES = "Planeamos rutas de autobuses eléctricos para barrios altos"


def document(
    number: int,
    *texts: str,
    language: str = "es",
    facets: Sequence[str] = (),
    subject: Subject = Subject.PROFILE,
    version: int = 1,
) -> Document:
    """A document with one section for each text."""
    sections = [Section("offer", "", text, language) for text in texts]
    return Document(subject, number, version, language, frozenset(facets), tuple(passages(sections)))


def request(*needs: str, language: str = "es", **changes: object) -> SearchRequest:
    """A search among profiles for these needs."""
    wanted = {"needs": tuple(Query(need, language) for need in needs), "subject": Subject.PROFILE} | changes
    return SearchRequest(**wanted)  # type: ignore[arg-type]


FOUR = (
    document(1, LEAKS, facets=["kind:company", "country:CO"]),
    document(2, LAMPS, facets=["kind:company", "country:BR"], version=7),
    document(3, WASTE, facets=["kind:expert", "country:CO"]),
    document(4, BUSES, facets=["kind:expert"], subject=Subject.CHALLENGE),
)


def numbers(index: SearchIndex, wanted: SearchRequest) -> list[int]:
    """The documents found, in their order."""
    return [hit.id for hit in index.search(wanted).hits]


def near(hit: Hit) -> object:
    """All of a hit but its relevance, its numbers as far as the order of a sum leaves them alone."""
    evidence = [[(one.digest, round(one.deviations, 3)) for one in found] for found in hit.evidence]
    return hit.id, hit.version, round(hit.likeness, 3), evidence


class SearchContract:
    """The promises of `SearchIndex`."""

    def test_what_says_the_need_comes_first(self, searched: Searched) -> None:
        index = searched(FOUR)
        assert [numbers(index, request(text))[0] for text in (LEAKS, LAMPS, WASTE)] == [1, 2, 3]

    def test_a_request_without_needs_finds_nothing(self, searched: Searched) -> None:
        assert searched(FOUR).search(request(whole=Query(LEAKS, "es"))).hits == ()

    def test_an_empty_index_finds_nothing(self, searched: Searched) -> None:
        index = searched(())
        assert index.search(request(LEAKS)).hits == ()
        assert index.compare(Query(LEAKS, "es"), []) == []

    def test_profiles_and_challenges_are_kept_apart(self, searched: Searched) -> None:
        index = searched(FOUR)
        assert sorted(numbers(index, request(BUSES))) == [1, 2, 3]
        assert numbers(index, request(LEAKS, subject=Subject.CHALLENGE)) == [4]

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ((), [1, 2, 3]),
            (({"kind:company"},), [1, 2]),
            (({"kind:company", "kind:expert"},), [1, 2, 3]),
            (({"kind:company"}, {"country:CO", "country:PE"}), [1]),
            (({"kind:nobody"},), []),
            (({"country:CO"}, set[str]()), []),
        ],
    )
    def test_filters_are_met_by_one_facet_of_each_set(
        self, searched: Searched, filters: tuple[set[str], ...], found: list[int]
    ) -> None:
        wanted = request(LEAKS, filters=tuple(frozenset(facets) for facets in filters))
        assert sorted(numbers(searched(FOUR), wanted)) == found

    @pytest.mark.parametrize(
        ("only", "excluded", "found"),
        [({1, 3, 4, 99}, set(), [1, 3]), (None, {1, 99}, [2, 3]), ({1, 2}, {1}, [2]), (set(), set(), [])],
    )
    def test_only_and_excluded_are_numbers_of_documents(
        self, searched: Searched, only: set[int] | None, excluded: set[int], found: list[int]
    ) -> None:
        wanted = request(LEAKS, only=None if only is None else frozenset(only), excluded=frozenset(excluded))
        assert sorted(numbers(searched(FOUR), wanted)) == found

    def test_those_that_alone_are_returned_are_scored_among_all(self, searched: Searched) -> None:
        index = searched(FOUR)
        everyone = {hit.id: hit for hit in index.search(request(LEAKS, LAMPS)).hits}
        for number in (1, 2, 3):
            assert index.search(request(LEAKS, LAMPS, only=frozenset({number}))).hits == (everyone[number],)

    def test_one_document_is_examined_as_it_is_found(self, searched: Searched) -> None:
        index = searched(FOUR)
        asked = [
            request(LEAKS, LAMPS, whole=Query(WASTE, "es"), also=(Query(BUSES, "es"),)),
            request(WASTE, limit=1),
            request(LAMPS, LEAKS),
            request(LEAKS, subject=Subject.CHALLENGE),
        ]
        for number in (1, 2, 3, 4, 99):
            for wanted, examined in zip(asked, index.examine(number, asked), strict=True):
                [found] = index.search(replace(wanted, only=frozenset({number}), limit=9)).hits or [None]
                assert (examined and near(examined)) == (found and near(found))

    def test_an_examination_keeps_to_filters_and_to_who_takes_part(self, searched: Searched) -> None:
        index = searched(FOUR)
        asked = [
            request(LEAKS, filters=(frozenset({"kind:company"}), frozenset({"country:CO"}))),
            request(LEAKS, filters=(frozenset({"kind:expert"}),)),
            request(LEAKS, excluded=frozenset({1})),
            request(LEAKS, only=frozenset({2})),
            request(whole=Query(LEAKS, "es")),
        ]
        assert [hit is not None for hit in index.examine(1, asked)] == [True, False, False, False, False]
        assert index.examine(1, []) == []

    def test_a_limit_keeps_the_best(self, searched: Searched) -> None:
        index = searched(FOUR)
        everything = numbers(index, request(LEAKS, LAMPS))
        assert numbers(index, request(LEAKS, LAMPS, limit=2)) == everything[:2]

    def test_relevance_falls_and_is_a_z_score_of_the_candidates(self, searched: Searched) -> None:
        found = [hit.relevance for hit in searched(FOUR).search(request(LEAKS, whole=Query(LAMPS, "es"))).hits]
        assert found == sorted(found, reverse=True)
        assert (np.mean(found), np.std(found)) == pytest.approx((0, 1), abs=1e-4)

    def test_equals_come_by_number_whatever_their_order(self, searched: Searched) -> None:
        alike = [document(number, LEAKS) for number in (5, 2, 9, 1)] + [document(3, WASTE)]
        assert numbers(searched(alike), request(LEAKS)) == [1, 2, 5, 9, 3]
        assert numbers(searched(alike), request(LEAKS, limit=2)) == [1, 2]

    def test_two_documents_of_the_same_words_are_equals(self, searched: Searched) -> None:
        for order in ((6, 1), (1, 6)):
            hits = searched([document(number, f"{LEAKS}. {WASTE}.") for number in order]).search(request(LEAKS)).hits
            assert [(hit.id, hit.relevance) for hit in hits] == [(1, 0), (6, 0)]

    def test_evidence_holds_the_best_sentences_of_each_need_and_then_of_what_is_sought_also(
        self, searched: Searched
    ) -> None:
        index = searched([document(1, f"{LEAKS}. {LAMPS}.", f"{WASTE}. {BUSES}.")])
        hit = index.search(request(LAMPS, WASTE, also=(Query(BUSES, "es"),), whole=Query(LEAKS, "es"))).hits[0]
        sentences = {
            p.digest: p.text for p in document(1, f"{LEAKS}. {LAMPS}. {WASTE}. {BUSES}.").passages
            if p.level is Level.SENTENCE
        }  # fmt: skip
        assert [sentences[found[0].digest] for found in hit.evidence] == [f"{LAMPS}.", f"{WASTE}.", f"{BUSES}."]
        deviations = [[evidence.deviations for evidence in found] for found in hit.evidence]
        assert deviations == [sorted(values, reverse=True) for values in deviations]
        assert {evidence.digest for found in hit.evidence for evidence in found} <= set(sentences)

    def test_what_is_sought_also_does_not_count_for_relevance(self, searched: Searched) -> None:
        index = searched(FOUR)
        plain = index.search(request(LEAKS)).hits
        also = index.search(request(LEAKS, also=(Query(WASTE, "es"),))).hits
        assert [hit.id for hit in also] == [hit.id for hit in plain]
        assert [hit.relevance for hit in also] == pytest.approx([hit.relevance for hit in plain], abs=1e-4)

    def test_likeness_is_greatest_for_the_document_that_says_the_whole(self, searched: Searched) -> None:
        hits = searched(FOUR).search(request(LAMPS, whole=Query(LEAKS, "es"))).hits
        assert max(hits, key=lambda hit: hit.likeness).id == 1

    def test_a_hit_carries_the_version_that_was_indexed(self, searched: Searched) -> None:
        versions = {hit.id: hit.version for hit in searched(FOUR).search(request(LEAKS)).hits}
        assert versions == {1: 1, 2: 7, 3: 1}

    @pytest.mark.parametrize("language", ["fr", "qu", "und"])
    def test_texts_in_other_languages_are_found(self, searched: Searched, language: str) -> None:
        index = searched([*FOUR, document(6, "Yaku pisiyan llaqtapi, manam aypanchu", language=language)])
        assert numbers(index, request("yaku pisiyan llaqtapi", language=language))[0] == 6

    def test_the_same_question_gets_the_same_answer(self, searched: Searched) -> None:
        index, wanted = searched(FOUR), request(LEAKS, WASTE, whole=Query(BUSES, "es"))
        assert index.search(wanted) == index.search(wanted)

    def test_the_order_of_the_documents_does_not_matter(self, searched: Searched) -> None:
        wanted = request(LEAKS, WASTE, whole=Query(LAMPS, "es"))
        one, other = searched(FOUR).search(wanted).hits, searched(FOUR[::-1]).search(wanted).hits
        assert [hit.id for hit in one] == [hit.id for hit in other]
        assert [hit.relevance for hit in one] == pytest.approx([hit.relevance for hit in other], abs=1e-3)

    def test_a_comparison_gives_each_option_a_number_and_the_same_words_the_highest(self, searched: Searched) -> None:
        texts = (WASTE, LEAKS, BUSES)
        found = searched(FOUR).compare(Query(LEAKS, "es"), [Query(text, "es", is_stored=True) for text in texts])
        assert len(found) == 3
        assert found.index(max(found)) == 1
