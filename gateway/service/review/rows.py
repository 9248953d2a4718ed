"""Findings, an agenda and a comparison as rows of JSON: codes for programs, words of both languages for people.

Invariant: the command line and the console show what is here, and word nothing themselves. Does not: look for anything.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from audit.vocabulary import format_time
from gateway.domain.agreement import AgreementVersion
from gateway.domain.draft import Draft
from gateway.domain.element import Form
from gateway.service.review.agenda import AgendaItem
from gateway.service.review.compare_words import comparison_in_words
from gateway.service.review.comparison import Bound, Comparison, Difference, TextChange
from gateway.service.review.plain_words import plain_words
from gateway.service.rulebook.finding import Finding, Severity
from gateway.service.words.explain import Vocabulary
from gateway.service.words.sentences import BOTH


def finding_rows(findings: Sequence[Finding], documents: Sequence[str] | None = None) -> dict[str, Any]:
    """The findings, errors first, and how many there are of each severity; the documents of a draft, where it is of
    one."""
    counts = {level.value: sum(one.severity is level for one in findings) for level in Severity}
    rows: dict[str, Any] = {"findings": [_finding(one) for one in findings], "counts": counts}
    return rows if documents is None else {**rows, "documents": list(documents)}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "file": one.file,
        "line": one.line,
        "member": one.member,
        "severity": one.severity.value,
        "code": one.code,
        "day": None if one.day is None else one.day.isoformat(),
        "what": {lang: one.what(lang) for lang in BOTH},
        "to_do": {lang: one.to_do(lang) for lang in BOTH},
    }


def agenda_rows(items: Sequence[AgendaItem], words: Vocabulary, scheduled: Sequence[Draft] = ()) -> dict[str, Any]:
    """What is due, by day, with the offices that would do it, and the drafts that go into force by themselves."""
    names = {**words.provisions, **words.units}
    return {
        "items": [
            {
                "day": item.day.isoformat(),
                "agreement": item.agreement,
                "title": dict(item.title),
                "severity": item.severity.value,
                "code": item.finding.code,
                "member": item.finding.member,
                "what": {lang: item.finding.what(lang, names) for lang in BOTH},
                "to_do": {lang: item.finding.to_do(lang) for lang in BOTH},
                "who": [{"unit": who.unit, **{lang: who.called(lang) for lang in BOTH}} for who in item.who],
            }
            for item in items
        ],
        "scheduled": [
            {"draft": draft.id, "at": format_time(draft.publish_at), "documents": sorted(draft.files)}
            for draft in scheduled
            if draft.publish_at is not None
        ],
    }


def version_row(version: AgreementVersion) -> dict[str, Any]:
    """What a list says of an agreement version: its term, its parties (organizations) and their units."""
    return {
        "agreement": version.id,
        "version": version.version,
        "digest": version.digest,
        "effective": version.effective.isoformat(),
        "expiry": version.expiry.isoformat(),
        "title": dict(version.document["title"]),
        "parties": [party["organization"] for party in version.document["parties"]],
        "units": [str(party) for party in version.parties],
        "purposes": sorted(map(str, version.purposes)),
    }


def shown_row(version: AgreementVersion, words: Vocabulary) -> dict[str, Any]:
    """An agreement in plain words of both languages."""
    return {
        "agreement": version.id,
        "version": version.version,
        "digest": version.digest,
        "words": {lang: [*plain_words(version, words, lang)] for lang in BOTH},
    }


def comparison_row(
    comparison: Comparison, old: AgreementVersion, new: AgreementVersion, words: Vocabulary
) -> dict[str, Any]:
    """The comparison in codes, and in words by language."""
    return {
        "old": _version(old) if old.digest else None,
        "new": _version(new),
        "wider": comparison.wider,
        "same": comparison.same,
        "differences": [_difference(one) for one in comparison.differences],
        "text": [_text(one) for one in comparison.text],
        "words": {
            lang: [asdict(section) for section in comparison_in_words(comparison, old, new, lang, words)]
            for lang in BOTH
        },
    }


def _version(version: AgreementVersion) -> dict[str, str]:
    return {"agreement": version.id, "version": version.version, "digest": version.digest}


def _difference(one: Difference) -> dict[str, Any]:
    example = one.example.circumstance
    attributes = example.record_attributes
    return {
        "kind": one.kind.value,
        "opens": one.kind.opens,
        "level": one.level.value,
        "purpose": one.purpose,
        "record_type": one.record_type,
        "custodian": one.custodian,
        "recipients": list(one.recipients),
        "everywhere": one.everywhere,
        "elements": [
            {"element": change.element, "old": _code(change.old), "new": _code(change.new)} for change in one.elements
        ],
        "bounds": [_bound(bound) for bound in one.bounds],
        "example": {
            "recipient": one.example.scope.recipient,
            "requester": example.requester,
            "elements": list(one.example.elements),
            "cardinality": example.cardinality,
            "case_reference": example.case_reference,
            "at": example.at.isoformat(),
            "record_attributes": None if attributes is None else dict(attributes),
        },
    }


def _bound(bound: Bound) -> dict[str, Any]:
    periods = [{"from": one.begins.isoformat(), "until": one.ends.isoformat()} for one in bound.periods]
    return {
        "respect": bound.respect,
        "attribute": bound.attribute,
        "values": list(bound.values),
        "not": list(bound.others),
        "periods": periods,
    }


def _text(change: TextChange) -> dict[str, Any]:
    return {
        "code": change.code,
        "tendency": change.tendency.value,
        "purpose": change.purpose,
        "clause": change.clause,
        "subject": change.subject,
        "old": change.old,
        "new": change.new,
        "without_effect": change.without_effect,
    }


def _code(form: Form | None) -> str | None:
    return None if form is None else form.code
