"""Reading verified answers: disclosures with their receipts, lists, and problems.

Invariant: a `Disclosure` exists only when its receipt is about the question that was asked and opens every value
received (`audit.receipt`). The form is checked as far as the client relies on it; new members are left alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx

from audit.errors import AuditError
from audit.receipt import OpenedReceipt, open_receipt
from audit.vocabulary import digest_text
from gateway.client.errors import (
    PROBLEM_ERRORS,
    MalformedAnswerError,
    Problem,
    ProblemError,
    Referral,
    ReferredError,
    UnprovenAnswerError,
)
from gateway.client.question import Question


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt that was checked. Keep `members`, the JSON object: it is the recipient's evidence."""

    members: Mapping[str, Any] = field(repr=False)
    opened: OpenedReceipt = field(repr=False)

    @property
    def proven(self) -> bool:
        """Whether a signed checkpoint includes the entry; False while the log has not signed one yet."""
        return self.opened.proven


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What was disclosed and in which form, what was withheld and why, and what the recipient must now do."""

    entry_index: int
    decision: Mapping[str, Any]
    record_type: str
    records: Sequence[Mapping[str, Any]] = field(repr=False)
    withheld: Sequence[Mapping[str, Any]]
    obligations: Sequence[Mapping[str, Any]]
    forms: Mapping[str, str]
    next_cursor: str | None = field(repr=False)
    receipt: CheckedReceipt


class Answers:
    """Reads answers; shared by the two clients, which differ in waiting only."""

    def __init__(self, log_vkey: str) -> None:
        self._log_vkey = log_vkey

    def disclosure(self, question: Question, body: bytes, response: httpx.Response) -> Disclosure:
        """The disclosure that answers `question`, sent as `body`.

        Raises:
            ProblemError: the gateway said no.
            MalformedAnswerError: a member is missing or of another type, or an element was not asked for.
            UnprovenAnswerError: the receipt does not fit the values or the question.
        """
        members = read_answer(response)
        records = _list(members, "records")
        receipt = self.receipt(
            members.get("receipt"), records, members.get("entry_index"), digest_text(sha256(body).digest())
        )
        if not {name for record in records for name in record} <= set(question.elements):
            raise MalformedAnswerError("unasked-element", "records")
        cursor = members.get("next_cursor")
        record_type = members.get("record_type")
        if not isinstance(record_type, str) or not isinstance(cursor, str | None):
            raise MalformedAnswerError("malformed-answer", "record_type")
        return Disclosure(
            entry_index=receipt.opened.entry_index,
            decision=read_object(members.get("decision"), "decision"),
            record_type=record_type,
            records=records,
            withheld=_list(members, "withheld"),
            obligations=_list(members, "obligations"),
            forms=read_object(members.get("forms", {}), "forms"),
            next_cursor=cursor,
            receipt=receipt,
        )

    def receipt(
        self,
        members: object,
        records: Sequence[Mapping[str, Any]] | None,
        index: object,
        request_digest: str | None = None,
    ) -> CheckedReceipt:
        """A receipt checked for `index`; against records and request where they are at hand.

        Raises:
            MalformedAnswerError, UnprovenAnswerError: it is none, or it does not hold.
        """
        receipt = read_object(members, "receipt")
        try:
            opened = open_receipt(receipt, records, self._log_vkey, request_digest=request_digest)
        except AuditError as refused:
            raise UnprovenAnswerError(refused.code, "receipt") from refused
        if opened.entry_index != index or isinstance(index, bool):
            raise UnprovenAnswerError("wrong-index", "entry_index")
        return CheckedReceipt(receipt, opened)


def read_answer(response: httpx.Response) -> Mapping[str, Any]:
    """The object in a 200 answer.

    Raises ReferredError for a 202, ProblemError for any other, MalformedAnswerError for no object."""
    members = read_object(read_json(response), "body")
    if response.status_code == httpx.codes.OK:
        return members
    if response.status_code == httpx.codes.ACCEPTED:
        raise ReferredError(_referral(members))
    raise PROBLEM_ERRORS.get(response.status_code, ProblemError)(_problem(members, response.status_code))


def _referral(members: Mapping[str, Any]) -> Referral:
    referral, state, decide_by = (members.get(name) for name in ("referral", "state", "decide_by"))
    if not isinstance(referral, str) or not isinstance(state, str) or not isinstance(decide_by, str):
        raise MalformedAnswerError("malformed-answer", "referral")
    waiting_for = members.get("waiting_for")
    return Referral(
        referral,
        state,
        decide_by,
        waiting_for=tuple(map(str, waiting_for)) if isinstance(waiting_for, list) else (),
        reasons=tuple(_list(members, "reasons")),
    )


def _problem(members: Mapping[str, Any], status: int) -> Problem:
    def text(name: str, source: Mapping[str, Any] = members) -> str | None:
        value = source.get(name)
        return value if isinstance(value, str) else None

    index, titles, reasons = members.get("entry_index"), members.get("titles"), members.get("reasons")
    return Problem(
        type=text("type") or "about:blank",
        title=text("title") or "",
        status=status,
        code=text("code") or "unknown-problem",
        element=text("element"),
        title_fr=text("fr", titles) if isinstance(titles, Mapping) else text("title_fr"),
        entry_index=index if isinstance(index, int) else None,
        reasons=tuple(reasons) if isinstance(reasons, list) else (),
    )


def read_json(response: httpx.Response) -> object:
    """The JSON value of an answer, UTF-8 without duplicate members. Raises MalformedAnswerError."""

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(found := dict(pairs)) != len(pairs):
            raise ValueError("duplicate member")
        return found

    try:
        return json.loads(response.content.decode("utf-8"), object_pairs_hook=members)
    except (ValueError, RecursionError):
        raise MalformedAnswerError("malformed-answer", "body") from None


def read_object(value: object, name: str) -> Mapping[str, Any]:
    """The value, when it is an object. Raises MalformedAnswerError naming the member."""
    if not isinstance(value, Mapping):
        raise MalformedAnswerError("malformed-answer", name)
    return value


def _list(members: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = members.get(name)
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise MalformedAnswerError("malformed-answer", name)
    return value
