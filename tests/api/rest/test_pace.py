"""How often one caller may ask; and what a browser is told to refuse."""

from fastapi.testclient import TestClient

from api.app import create_app
from matchmaker.accounts.models import Role
from tests.api.conftest import NewService
from tests.api.rest.callers import person


def test_a_caller_who_asks_too_often_waits_and_others_do_not(new_service: NewService) -> None:
    service = new_service(requests_per_minute=3)
    app = create_app(service)
    caller, other = TestClient(app), TestClient(app, client=("192.0.2.7", 50_000))
    assert [caller.get("/v1/profiles").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = caller.get("/v1/profiles", headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] in refused.json()["detail"]
    assert other.get("/v1/profiles").status_code == 200


def test_each_account_has_a_pace_of_its_own(new_service: NewService) -> None:
    service = new_service(requests_per_minute=2)
    caller = TestClient(create_app(service))
    for role in (Role.CITY, Role.SUPPLIER):
        someone = person(caller, service, role=role)
        assert [someone.get("/v1/profiles").status_code for _ in range(3)] == [200, 200, 429]


def test_guessing_tokens_counts_for_the_address(new_service: NewService) -> None:
    caller = TestClient(create_app(new_service(requests_per_minute=2)))
    sent = [{"Authorization": f"Bearer mm_{number}"} for number in range(3)]
    assert [caller.get("/v1/profiles", headers=headers).status_code for headers in sent] == [401, 401, 429]


def test_searches_without_a_token_are_fewer(new_service: NewService) -> None:
    service = new_service(tries_per_minute=1)
    caller = TestClient(create_app(service))
    signed_in = person(caller, service, role=Role.CITY)
    body = {"description": "Se pierde el agua de la red."}
    assert [caller.post("/v1/try", json=body).status_code for _ in range(2)] == [200, 429]
    assert caller.get("/v1/profiles").status_code == 200
    assert [signed_in.post("/v1/try", body).status_code for _ in range(2)] == [200, 200]


def test_a_network_of_one_subscriber_is_one_caller(new_service: NewService) -> None:
    app = create_app(new_service(requests_per_minute=1))
    callers = [TestClient(app, client=(address, 1)) for address in ("2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")]
    assert [caller.get("/v1/profiles").status_code for caller in callers] == [200, 429, 200]


def test_every_answer_tells_a_browser_what_to_refuse(client: TestClient) -> None:
    for address in ("/v1/health", "/v1/nothing", "/v1/profiles/x", "/v1/openapi.json"):
        headers = client.get(address).headers
        policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
        assert (policy["default-src"], policy["frame-ancestors"]) == ("'self'", "'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_body_may_be_as_large_as_the_operator_says(new_service: NewService) -> None:
    caller = TestClient(create_app(new_service(max_body_bytes=2_000)))
    sizes = [caller.post("/v1/needs", json={"text": "a" * size}).status_code for size in (1_900, 2_000)]
    assert sizes == [200, 413]


def test_a_page_tells_how_long_to_wait(new_service: NewService) -> None:
    caller = TestClient(create_app(new_service(requests_per_minute=1)), headers={"Accept": "text/html"})
    answers = [caller.get("/es/alliance") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["content-type"] == "text/html; charset=utf-8"
    assert int(answers[1].headers["retry-after"]) >= 1
