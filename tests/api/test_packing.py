"""Pages are sent compressed to whoever takes it, and their length tells nothing."""

import gzip

from fastapi.testclient import TestClient

from api.cookies import csrf_token_of, is_csrf_token, masked
from api.packing import MOST_PADDING_BYTES, packed

OWN, OTHER = "session", "another"
PAGE = b"<p>one sentence after the other</p>" * 100


def test_a_page_comes_compressed_and_is_the_same(client: TestClient) -> None:
    plain = client.get("/es/alliance", headers={"Accept-Encoding": "identity"})
    small = client.get("/es/alliance", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("Content-Encoding"), small.headers["Content-Encoding"]) == (None, "gzip")
    assert small.text == plain.text
    assert int(small.headers["Content-Length"]) < len(plain.content) / 2
    assert "Accept-Encoding" in small.headers["Vary"]


def test_the_api_and_short_answers_come_as_they_are(client: TestClient) -> None:
    for address in ("/v1/profiles", "/v1/taxonomy"):
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}).headers


def test_the_same_page_has_another_length_each_time() -> None:
    lengths = {len(packed(PAGE)) for _ in range(50)}
    assert len(lengths) > 5
    assert max(lengths) - min(lengths) <= MOST_PADDING_BYTES + 1
    assert gzip.decompress(packed(PAGE)) == PAGE


def test_the_token_of_a_form_is_another_text_on_each_page_and_opens_the_same_session() -> None:
    tokens = {masked(csrf_token_of(OWN)) for _ in range(20)}
    assert len(tokens) == 20
    assert all(is_csrf_token(token, session_secret=OWN) for token in tokens)
    assert not any(is_csrf_token(token, session_secret=OTHER) for token in tokens)


def test_what_is_no_token_opens_nothing() -> None:
    for sent in ("", "A" * 43, "A" * 88, "ñ", "\udcff", "x" * 1_000, masked(csrf_token_of("other"))):
        assert not is_csrf_token(sent, session_secret=OWN)
