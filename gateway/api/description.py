"""The OpenAPI 3.1 description of the partner API: schemas and examples of requests, answers and every problem.

Added to what FastAPI derives from the routes, so that the routes stay thin. Problems come from their own table, and
the examples of answers are recorded from a running gateway (`examples.json`), so that neither can drift unnoticed.
Does not: change how anything is answered.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema

from gateway.api import answers
from gateway.api.description_of_requests import either, null_as_a_type, request_schemas, written_out
from gateway.api.problem_response import problem_response
from gateway.api.problems import CONTENT_TYPE, PROBLEMS
from gateway.api.wire import REFERRED_EXAMPLE, REQUEST_EXAMPLES, DisclosureBody

JSON: Final = "application/json"
OCTETS: Final = "application/octet-stream"
TEXT: Final = "text/plain"


class NothingMore(BaseModel):
    """The empty object: what was asked is kept with the referral."""

    model_config = ConfigDict(extra="forbid")


MODELS: Final[tuple[type[BaseModel], ...]] = (
    DisclosureBody,
    NothingMore,
    answers.DisclosureAnswer,
    answers.ReferralAnswer,
    answers.ReleasedAnswer,
    answers.AgreementsAnswer,
    answers.Receipt,
    answers.Problem,
    answers.KeysAnswer,
    answers.ProblemMeaning,
    answers.Liveness,
    answers.Readiness,
)
_REQUEST_PARTS: Final = frozenset(
    models_json_schema([(DisclosureBody, "validation")], ref_template="{model}")[1].get("$defs", {})
)
_EXAMPLES: Final = Path(__file__).with_name("examples.json")
_ANYWHERE: Final = ("unauthorized", "payload-too-large", "rate-limited", "unavailable", "internal-error")
_REASON: Final = {
    "code": "case-reference-missing",
    "citations": ["esdc-ircc-tfw/lmia-refresh-1"],
    "title": {"en": "The clause requires a case reference", "fr": "La clause exige une référence de cas"},
}
_MEMBERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "malformed-request": {"member": "list.limit"},
    "malformed-json": {"member": "duplicate-member"},
    "unsupported-media-type": {"member": "content-type"},
    "unknown-agreement": {"member": "agreement"},
    "unknown-record-type": {"member": "record_type"},
    "unknown-purpose": {"member": "purpose"},
    "unknown-element": {"member": "elements[1]"},
    "unknown-identifier-scheme": {"member": "subject.scheme"},
    "unknown-filter": {"member": "list.filter"},
    "malformed-identifier": {"member": "subject.value"},
    "malformed-list": {"member": "list.cursor"},
    "idempotency-key-reused": {"member": "idempotency-key"},
    "record-changed": {"member": "idempotency-key"},
    "denied": {"reasons": [_REASON]},
}
_ON_RECORD: Final = frozenset({*_MEMBERS, "not-available", "referral-refused", "referral-lapsed", "release-ended"}) - {
    "idempotency-key-reused"
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What the description says of one route beyond its summary."""

    answer: type[BaseModel] | str
    """Model of the 200 answer, or its media type where it is not JSON."""
    problems: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    body: type[BaseModel] | None = None
    """Model of the request body; None where there is none, and `{}` where it is empty."""
    referred: bool = False
    """Whether it may answer 202: a named person decides."""


_REFERRAL_ENDS: Final = ("referral-refused", "referral-lapsed", "release-ended")
_DISCLOSURE_PROBLEMS: Final = tuple(
    code for code in PROBLEMS if code not in ("not-found", "method-not-allowed", *_REFERRAL_ENDS, *_ANYWHERE)
)
OPERATIONS: Final[Mapping[tuple[str, str], Operation]] = {
    ("post", "/v1/disclosures"): Operation(
        answers.DisclosureAnswer,
        (*_DISCLOSURE_PROBLEMS, *_ANYWHERE),
        ("one-record", "list"),
        DisclosureBody,
        referred=True,
    ),
    ("post", "/v1/referrals/{referral}"): Operation(
        answers.DisclosureAnswer,
        (
            *("denied", "not-available", "not-found", "malformed-request", *_REFERRAL_ENDS),
            *("idempotency-key-reused", "record-changed", *_ANYWHERE),
        ),
        (),
        NothingMore,
        referred=True,
    ),
    ("get", "/v1/referrals/{referral}"): Operation(
        answers.ReleasedAnswer, ("not-found", *_REFERRAL_ENDS, *_ANYWHERE), (), referred=True
    ),
    ("get", "/v1/agreements"): Operation(answers.AgreementsAnswer, _ANYWHERE, ("agreements",)),
    ("get", "/v1/receipts/{entry_index}"): Operation(answers.Receipt, ("not-found", *_ANYWHERE), ("receipt",)),
    ("get", "/v1/log/tile/entries/{path}"): Operation(OCTETS, ("not-found", *_ANYWHERE)),
    ("get", "/log/tile/{path}"): Operation(OCTETS, ("not-found",)),
    ("get", "/log/checkpoint"): Operation(TEXT, ("not-found",)),
    ("get", "/.well-known/jwks.json"): Operation(answers.KeysAnswer, (), ("keys",)),
    ("get", "/problems/{code}"): Operation(answers.ProblemMeaning, ("not-found",)),
    ("get", "/health/live"): Operation(answers.Liveness),
    ("get", "/health/ready"): Operation(answers.Readiness),
    ("get", "/metrics"): Operation(TEXT),
}


def describe(derived: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """The description that is served, from the one FastAPI derived. `origin` is the one that partners sign for."""
    _, definitions = models_json_schema(
        [(model, "validation") for model in MODELS], ref_template="#/components/schemas/{model}"
    )
    paths = {path: dict(item) for path, item in derived["paths"].items()}
    for (method, path), operation in OPERATIONS.items():
        paths[path][method] = _operation(path, paths[path][method], operation)
    schemas = {name: _usable(name, schema) for name, schema in definitions["$defs"].items()}
    body = definitions["$defs"][DisclosureBody.__name__]
    schemas |= request_schemas(body, REQUEST_EXAMPLES) | {DisclosureBody.__name__: either(body)}
    return {
        **derived,
        "servers": [{"url": origin}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "headers": _ANSWER_HEADERS,
            "parameters": _IDEMPOTENCY_KEY,
            "securitySchemes": {"signature": _SIGNATURE},
        },
    }


def _usable(name: str, schema: Any) -> Any:
    """Schemas of requests are written out; in those of answers null says something."""
    return written_out(schema) if name in _REQUEST_PARTS else null_as_a_type(schema)


def _operation(path: str, derived: Mapping[str, Any], operation: Operation) -> dict[str, Any]:
    described = dict(derived)
    described["responses"] = dict(_responses(operation))
    described["security"] = [{"signature": []}] if path.startswith("/v1/") else []
    if operation.body is not None:
        kept = [item for item in derived.get("parameters", ()) if item.get("in") == "path"]
        described["parameters"] = [*kept, {"$ref": "#/components/parameters/IdempotencyKey"}]
        described["requestBody"] = {"required": True, "content": {JSON: _request_body(operation.body)}}
    if operation.answer is answers.Readiness:
        described["responses"]["503"] = {**described["responses"]["200"], "description": "A part does not answer"}
    return described


def _responses(operation: Operation) -> Iterator[tuple[str, Any]]:
    if isinstance(operation.answer, str):
        content: dict[str, Any] = {operation.answer: {}}
    else:
        content = {JSON: {"schema": _reference(operation.answer)}}
        if operation.examples:
            content[JSON]["examples"] = {name: {"value": recorded()[name]} for name in operation.examples}
    yield "200", {"description": "As asked, signed", "headers": _HEADERS, "content": content}
    if operation.referred:
        waiting = {
            "schema": _reference(answers.ReferralAnswer),
            "examples": {"referred": {"value": recorded()["referred"]}},
        }
        description = "A named person decides; Location says where to ask again, Retry-After when at the earliest"
        yield "202", {"description": description, "headers": _HEADERS, "content": {JSON: waiting}}
    for status in sorted({PROBLEMS[code].status for code in operation.problems}):
        codes = [code for code in operation.problems if PROBLEMS[code].status == status]
        examples = {code: {"summary": PROBLEMS[code].title_en, "value": _problem(code)} for code in codes}
        yield (
            str(status),
            {
                "description": "; ".join(PROBLEMS[code].title_en for code in codes),
                "headers": _HEADERS,
                "content": {CONTENT_TYPE: {"schema": _reference(answers.Problem), "examples": examples}},
            },
        )


def _request_body(body: type[BaseModel]) -> dict[str, Any]:
    if body is not DisclosureBody:
        return {"schema": _reference(body), "examples": {"again": {"value": {}}}}
    asked = {**REQUEST_EXAMPLES, "referred": REFERRED_EXAMPLE}
    examples = {name: {"value": example} for name, example in asked.items()}
    return {"schema": _reference(DisclosureBody), "examples": examples}


def _problem(code: str) -> Any:
    index = 4711 if code in _ON_RECORD else None
    return json.loads(bytes(problem_response(code, entry_index=index, **_MEMBERS.get(code, {})).body))


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


@cache
def recorded() -> Mapping[str, Any]:
    """The recorded answers by name."""
    examples: dict[str, Any] = json.loads(_EXAMPLES.read_text("utf-8"))
    return examples


_SIGNATURE: Final = {
    "type": "apiKey",
    "in": "header",
    "name": "Signature",
    "description": "RFC 9421, profile isa-gateway-v1 (docs/signatures.md): Signature and Signature-Input, and with a "
    "body Content-Digest. Every answer is signed too.",
}
_IDEMPOTENCY_KEY: Final = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Fresh for every question; the same again when an answer was lost.",
        "schema": {"type": "string"},
    }
}
_ANSWER_HEADERS: Final = {
    name: {"description": text, "schema": {"type": "string"}}
    for name, text in {
        "Signature": "The gateway's signature of this answer (RFC 9421)",
        "Signature-Input": "What it covers, of the answer and of the request",
        "Content-Digest": "sha-256 of the body (RFC 9530)",
    }.items()
}
_HEADERS: Final = {name: {"$ref": f"#/components/headers/{name}"} for name in _ANSWER_HEADERS}
