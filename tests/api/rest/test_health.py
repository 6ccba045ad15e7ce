from api.wiring import Service
from tests.api.rest.callers import Person, drain, new_profile


def test_health_tells_the_generation_and_what_waits(anyone: Person, supplier: Person, service: Service) -> None:
    assert anyone.get("/v1/health").json() == {"status": "ready", "generation": 1, "waiting": 0}
    new_profile(supplier)
    assert anyone.get("/v1/health").json() == {"status": "ready", "generation": 1, "waiting": 1}
    drain(service)
    assert anyone.get("/v1/health").json() == {"status": "ready", "generation": 2, "waiting": 0}
