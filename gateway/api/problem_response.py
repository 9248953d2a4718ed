"""A problem of the table (`gateway.api.problems`) as an HTTP response (RFC 9457), in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response

from gateway.api.problems import CONTENT_TYPE, PROBLEMS


def problem_response(
    code: str,
    *,
    member: str | None = None,
    entry_index: int | None = None,
    reasons: Sequence[Mapping[str, Any]] = (),
    agreements: Sequence[str] = (),
    began_under: Mapping[str, Any] | None = None,
    french: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The problem as an HTTP response. `member` is a place in the request such as `elements[2]`; `agreements` are those
    that would cover what was refused, `began_under` other rules by which the list or the referral began."""
    kind = PROBLEMS[code]
    body: dict[str, Any] = {
        "type": f"/problems/{code}",
        "title": kind.title_fr if french else kind.title_en,
        "status": kind.status,
        "detail": kind.remedy_fr if french else kind.remedy_en,
        "code": code,
        "titles": {"en": kind.title_en, "fr": kind.title_fr},
        "details": {"en": kind.remedy_en, "fr": kind.remedy_fr},
    }
    if member is not None:
        body["element"] = member
    if entry_index is not None:
        body["entry_index"] = entry_index
    if reasons:
        body["reasons"] = list(reasons)
    if agreements:
        body["agreements"] = list(agreements)
    if began_under:
        body["began_under"] = dict(began_under)
    return Response(
        orjson.dumps(body),
        kind.status,
        headers={
            "cache-control": "no-store",
            "content-language": "fr" if french else "en",
            **(headers or {}),
        },
        media_type=CONTENT_TYPE,
    )
