"""The pictures of README: each is there, is shown, and is small enough for a telephone."""

from pathlib import Path

from tests.screenshots import DOCS, LARGEST_PICTURE, PICTURES

README = Path(__file__).parents[1] / "README.md"


def test_every_picture_is_in_the_readme_and_every_picture_of_the_readme_is_taken() -> None:
    text = README.read_text(encoding="utf-8")
    assert {path.stem for path in DOCS.glob("*.png")} == {picture.name for picture in PICTURES}
    assert all(f"docs/{picture.name}.png" in text for picture in PICTURES)


def test_pictures_are_small() -> None:
    assert [path.name for path in DOCS.glob("*.png") if path.stat().st_size > LARGEST_PICTURE] == []
