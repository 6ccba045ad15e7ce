"""Open data of an event: no row points at a member."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.events.disclosing import ALIKE_AT_LEAST, GOING, OpenRow, open_rows
from matchmaker.events.reporting import Row
from matchmaker.introductions.rules import Meeting


def row(**changes: object) -> Row:
    usual: dict[str, object] = {
        "slot": "2027-03-10T09:00", "table": "7", "kinds": ("company", "local_government"), "countries": ("CO", "CO"),
        "sizes": ("town", "unknown"), "areas": ("mobility",), "source": "wish", "met": Meeting.MET,
    }  # fmt: skip
    return Row(**(usual | changes))  # type: ignore[arg-type]


def said(open_row: OpenRow) -> tuple[tuple[str, ...], ...]:
    return tuple(getattr(open_row, name) for name in (*GOING, "withheld"))


def test_what_enough_rows_say_alike_is_told_in_full_without_slot_and_table() -> None:
    [first, *_] = found = open_rows([row(slot=f"2027-03-10T0{hour}:00") for hour in range(ALIKE_AT_LEAST)])
    assert len(found) == ALIKE_AT_LEAST
    assert first == OpenRow(
        "2027-03-10", ("company", "local_government"), ("mobility",), ("CO", "CO"), ("town", "unknown"), "wish", "met",
        (),
    )  # fmt: skip
    assert not {"slot", "table"} & set(vars(first))


def test_a_row_like_too_few_says_less_until_it_is_like_enough() -> None:
    sizes = open_rows([row(sizes=(f"size{number}",)) for number in range(ALIKE_AT_LEAST)])
    assert {each.withheld for each in sizes} == {("sizes",)}
    assert {(each.sizes, each.countries) for each in sizes} == {((), ("CO", "CO"))}
    [alone] = open_rows([row()])
    assert set(alone.withheld) == set(GOING)
    assert (alone.kinds, alone.areas, alone.source, alone.met) == ((), (), "wish", "met")


CODES = st.lists(st.sampled_from("ab"), max_size=2).map(tuple)


@given(st.lists(st.builds(row, sizes=CODES, countries=CODES, areas=CODES, kinds=CODES), max_size=30))
def test_every_row_that_says_anything_of_its_members_is_like_enough_others(rows: list[Row]) -> None:
    found = open_rows(rows)
    assert len(found) == len(rows)
    alike = Counter(map(said, found))
    assert all(alike[said(each)] >= ALIKE_AT_LEAST for each in found if len(each.withheld) < len(GOING))
