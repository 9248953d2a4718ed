"""Entries about an invented person as a look-up finds them, for tests of the account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from audit.entry import AgreementRef, Authorities, Disclosed, Entry
from audit.vocabulary import digest_text, format_time
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.accounting import Account, Answered, Fate, compose
from gateway.service.person.discretion import Discretion
from gateway.service.person.hold_back import AccountContext
from gateway.service.person.lookup import Access
from tests.unit.letters.facts import WHO, rulebook

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def context(*identifiers: SubjectIdentifier, answering: str = "esdc-isb") -> AccountContext:
    kinds = {name: purpose["kind"] for name, purpose in rulebook().purposes.items()}
    return AccountContext(identifiers or (WHO,), rulebook().parties, rulebook().catalogue, kinds, answering)


def entry(index: int, **changes: Any) -> Entry:
    """A disclosure under the agreement of ESDC and IRCC, unless changed."""
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    made = Entry(
        time=format_time(START + timedelta(days=index)),
        kind="disclosure",
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        custodian="esdc-isb",
        agreement=AgreementRef(agreement.id, agreement.version, agreement.digest),
        clauses=("esdc-ircc-tfw/owp-1",),
        authorities=Authorities(("DESDA-35", "PA-8-2-a"), ("PA-4",)),
        record_type="protection-case",
        purpose="owp-v-interview-notes",
        ground="agreement",
        cardinality="single",
        effect="permit",
        disclosed=(Disclosed("case_open", "plain", digest_text(b"d" * 32)),),
        records=1,
        policy_revision=digest_text(b"p" * 32),
    )
    return replace(made, **changes)


def refusal(index: int, **changes: Any) -> Entry:
    """The same request, refused."""
    return entry(
        index,
        **{
            "kind": "denial",
            "effect": "deny",
            "disclosed": (),
            "records": 0,
            "clauses": (),
            "authorities": Authorities(),
            "reasons": ("not-available",),
            **changes,
        },
    )


def private(**changes: Any) -> dict[str, Any]:
    return {
        "outcome": "disclosed",
        "reasons": [],
        "subject": {"scheme": WHO.scheme, "value": WHO.value},
        "judged": [{"attributes": {"in_confidence": False, "do_not_disclose": False}}],
        **changes,
    }


def judged(**attributes: object) -> dict[str, Any]:
    return private(judged=[{"attributes": {}}, {"attributes": attributes}])


def access(index: int, made: Entry, body: dict[str, Any] | None = None) -> Access:
    return Access(index, made, private() if body is None else body)


def answered(
    *accesses: Access,
    answering: str = "esdc-isb",
    fates: Mapping[int, Fate] | None = None,
    discretion: Discretion | None = None,
) -> Answered:
    account: Account = compose(accesses, context(answering=answering), fates, discretion)
    at = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    return Answered(account, 99, answering, datetime(2026, 11, 1, tzinfo=UTC).date(), at)
