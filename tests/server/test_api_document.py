"""The API document tells the truth: generated calls are answered as it says."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from reporterdesk.domain.ids import new_id
from support.api import Api, message

EVERY_CALL = {
    ("/v1/tokens", "post"),
    ("/v1/tokens/current", "delete"),
    ("/v1/me", "get"),
    ("/v1/reports", "get"),
    ("/v1/reports/{report_id}", "put"),
    ("/v1/reports/{report_id}", "get"),
    ("/v1/changes", "get"),
    ("/v1/uploads/{report_id}/{sha256}", "head"),
    ("/v1/uploads/{report_id}/{sha256}", "patch"),
    ("/v1/uploads/{report_id}/{sha256}", "options"),
    ("/v1/reports/{report_id}/decisions/{decision_id}", "put"),
    ("/v1/reports/{report_id}/comments/{comment_id}", "put"),
    ("/v1/reports/{report_id}/claim", "put"),
    ("/v1/reports/{report_id}/claim", "delete"),
    ("/v1/reports/{report_id}/wanted", "put"),
    ("/v1/reports/{report_id}/revisions", "get"),
    ("/v1/reports/{report_id}/revisions/{revision_id}", "get"),
    ("/v1/reports/{report_id}/audit", "get"),
    ("/v1/photos/{sha256}/{rendition}", "get"),
    ("/photos/{report_id}/{sha256}.jpg", "get"),
    ("/healthz", "get"),
    ("/readyz", "get"),
    ("/metrics", "get"),
}


def test_it_names_every_call_and_no_other(nobody: Api) -> None:
    document = nobody.get("/openapi.json").json()
    found = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert found == EVERY_CALL
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_generated_calls_are_answered_as_it_says(ana: Api) -> None:
    """Runs schemathesis over every call, a few examples each, always the same ones."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
    report_id = new_id()
    ana.file(report_id, message())
    document: dict[str, Any] = ana.get("/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    headers = {"Authorization": f"Bearer {ana.token}"}
    tried = set()
    few = settings(
        max_examples=5,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in {"/v1/tokens", "/v1/tokens/current", "/v1/changes"}:
            continue  # would slow this address down, end this sign-in, or wait

        @few
        @given(case=operation.as_strategy())
        def check(case: Any) -> None:
            answer = case.call(base_url=ana.url, headers=headers)
            # Some rules are beyond a schema: a cursor must be this server's, a photo declared.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

        check()
        tried.add(operation.path)
    assert len(tried) >= 14


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/nowhere", 404), ("POST", "/v1/me", 405), ("GET", "/v1/me/", 404)],
)
def test_unknown_addresses_are_problems(nobody: Api, method: str, path: str, status: int) -> None:
    answer = nobody.call(method, path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_metrics_count_by_pattern_and_name_nobody(ana: Api) -> None:
    report_id = new_id()
    ana.file(report_id, message())
    text = requests.get(f"{ana.url}/metrics", timeout=30).text
    assert 'route="/v1/reports/{report_id}",status="201"' in text
    assert "reporterdesk_reports_filed" in text
    assert report_id not in text
