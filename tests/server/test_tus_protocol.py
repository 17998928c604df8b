"""What tus 1.0.0 asks of a server, sentence by sentence: the core protocol and checksums.

https://tus.io/protocols/resumable-upload (version 1.0.0, 2016-03-25)
"""

from __future__ import annotations

import base64
import hashlib

import pytest
import requests

from reporterdesk.domain.ids import new_id
from support.api import Api
from support.uploading import BYTES, fresh, offset_of, opened

TUS = {"Tus-Resumable": "1.0.0"}


def patch(api: Api, url: str, offset: int, body: bytes, **headers: str) -> requests.Response:
    """Send bytes as any client of the protocol does, without a checksum."""
    sent = {**TUS, "Content-Type": BYTES, "Upload-Offset": str(offset)}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return api.call("PATCH", url, data=body, headers=sent)


def test_every_answer_names_the_version(ana: Api, nobody: Api) -> None:
    """“MUST be included in every request and response except for OPTIONS requests.”"""
    data = fresh()
    url = opened(ana, data)
    nowhere = f"/v1/uploads/{new_id()}/{'0' * 64}"
    wrong = {"Upload_Checksum": "sha256 " + base64.b64encode(bytes(32)).decode()}
    answers = {
        200: ana.head(url),
        204: patch(ana, url, 0, data[:10]),
        400: patch(ana, url, 10, b"", Upload_Checksum="md5 x"),
        401: nobody.head(url),
        404: ana.head(nowhere),
        405: ana.call("DELETE", url, headers=TUS),
        409: patch(ana, url, 5, b"x"),
        412: patch(ana, url, 10, b"x", Tus_Resumable="0.2.2"),
        413: patch(ana, url, 10, bytes(1000)),
        415: patch(ana, url, 10, b"x", Content_Type="image/jpeg"),
        422: ana.head("/v1/uploads/no-id/no-hash"),
        460: patch(ana, url, 10, b"x", **wrong),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    for answer in answers.values():
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        # “The Server MUST prevent the client and/or proxies from caching the response.”
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("said", ["0.2.2", "1.0.1", "2.0.0", "", None])
@pytest.mark.parametrize("method", ["HEAD", "PATCH"])
def test_another_version_is_refused_and_not_processed(
    ana: Api, method: str, said: str | None
) -> None:
    """“MUST respond with the 412 Precondition Failed status and MUST include Tus-Version.”"""
    data = fresh()
    url = opened(ana, data)
    headers = {"Content-Type": BYTES, "Upload-Offset": "0"}
    headers |= {"Tus-Resumable": said} if said is not None else {}
    answer = ana.call(method, url, data=data if method == "PATCH" else None, headers=headers)
    assert answer.status_code == 412
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert offset_of(ana, url) == 0


def test_head_tells_offset_and_length_at_every_stage(ana: Api) -> None:
    """“MUST always include the Upload-Offset header …, even if the offset is 0”, or all came."""
    data = fresh()
    url = opened(ana, data)
    for start, end in ((0, 0), (0, 400), (400, 1000)):
        if end:
            patch(ana, url, start, data[start:end])
        answer = ana.head(url)
        assert answer.status_code == 200
        assert answer.content == b""
        assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == (
            str(end),
            "1000",
        )


def test_what_is_not_there_has_no_offset(ana: Api, ben: Api) -> None:
    """“SHOULD return 404 … without the Upload-Offset header.”"""
    url = opened(ana, fresh())
    for api, asked in ((ana, f"/v1/uploads/{new_id()}/{'0' * 64}"), (ben, url)):
        answer = api.head(asked)
        assert answer.status_code == 404
        assert "Upload-Offset" not in answer.headers


def test_options_tell_what_is_spoken_to_anybody(nobody: Api) -> None:
    """“The Server MUST ignore the header” Tus-Resumable in OPTIONS."""
    for headers in ({}, TUS, {"Tus-Resumable": "0.2.2"}):
        answer = nobody.call("OPTIONS", f"/v1/uploads/{new_id()}/{'0' * 64}", headers=headers)
        assert answer.status_code == 204
        assert answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Extension"] == "checksum"
        # “The Server MUST support at least the SHA1 checksum algorithm.”
        assert "sha1" in answer.headers["Tus-Checksum-Algorithm"].split(",")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "SHA1"])
def test_checksums_by_each_algorithm(ana: Api, algorithm: str) -> None:
    data = fresh()
    url = opened(ana, data)
    for start in (0, 500):
        piece = data[start : start + 500]
        right = hashlib.new(algorithm, piece).digest()
        wrong = right[:-1] + bytes([right[-1] ^ 1])
        for digest, status, end in ((wrong, 460, start), (right, 204, start + 500)):
            said = f"{algorithm} {base64.b64encode(digest).decode()}"
            answer = patch(ana, url, start, piece, Upload_Checksum=said)
            assert (answer.status_code, answer.headers["Upload-Offset"]) == (status, str(end))
            assert offset_of(ana, url) == end


@pytest.mark.parametrize("said", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256", "sha1 !", "x", ""])
def test_a_checksum_that_cannot_be_checked_is_refused(ana: Api, said: str) -> None:
    """“MUST respond with 400 Bad Request if the checksum algorithm is not supported.”"""
    data = fresh()
    url = opened(ana, data)
    assert patch(ana, url, 0, data, Upload_Checksum=said).status_code == 400
    assert offset_of(ana, url) == 0


@pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
def test_the_method_can_be_said_in_a_header(ana: Api, method: str) -> None:
    """“MUST be interpreted as the request’s method …. The actual method MUST be ignored.”"""
    data = fresh()
    url = opened(ana, data)
    headers = {**TUS, "Content-Type": BYTES, "Upload-Offset": "0"}
    override = {"X-HTTP-Method-Override": "PATCH"}
    answer = ana.call(method, url, data=data, headers=headers | override)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "1000")
    answer = ana.call("POST", url, headers=TUS | {"X-HTTP-Method-Override": "HEAD"})
    assert answer.headers["Upload-Offset"] == "1000"
    for said in ("DELETE", "nonsense"):
        answer = ana.call("POST", url, headers=TUS | {"X-HTTP-Method-Override": said})
        assert answer.status_code == 405
