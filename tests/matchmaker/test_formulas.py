import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.formulas import guarded, unguarded


@given(st.text(alphabet=st.sampled_from("'=+-@\t\ra ＝1"), max_size=8))
def test_taking_the_guard_off_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+57 1", "-3", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_other_apostrophes_stay() -> None:
    assert (guarded("'s Gravenhage"), unguarded("'s Gravenhage")) == ("'s Gravenhage", "'s Gravenhage")
