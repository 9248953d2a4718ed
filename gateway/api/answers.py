"""The shapes of what the partner API answers, for its OpenAPI description; every example and live answer is tested
against them. Answers are not built from these models: they leave as the use case made them, at no further cost.

Strict, like the request: a member that is not listed here is not part of the API.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]*$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
EntryIndex = Annotated[int, Field(ge=0)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Words(_Answer):
    """The same in English and in French, with equal status."""

    en: str
    fr: str


class Reason(_Answer):
    """Why; `citations` are provisions of law and clauses of agreements."""

    code: str
    citations: list[str]
    title: Words


class AgreementReference(_Answer):
    """The agreement in the version that was applied; `digest` is SHA-256 of its canonical text."""

    id: str
    version: str
    digest: Digest


class Authorities(_Answer):
    """The provisions that let the one side disclose and the other collect."""

    discloser: list[str]
    recipient: list[str]


class AppliedRules(_Answer):
    """By which rules something was judged; `agreement` is null on a ground that rests on none."""

    agreement: AgreementReference | None
    policy_revision: Digest


class PermitDecision(_Answer):
    """Why it was lawful. `agreement` is null, and `clauses` empty, on a ground that rests on none. `began_under` is
    null unless the list, the referral or the first answer to a repeated request was judged by other rules."""

    effect: Literal["permit"]
    agreement: AgreementReference | None
    clauses: list[str]
    authorities: Authorities
    policy_revision: Digest
    reasons: list[Reason]
    began_under: AppliedRules | None


class WithheldElement(_Answer):
    """An element that was asked for and did not leave; with `records`, only of these of the answer's records, counted
    from 0."""

    element: str
    reason: str
    title: Words
    records: list[int] | None = None


class Obligation(_Answer):
    """A duty that comes with the disclosure; `on` is the unit it binds, `due_days` count from the disclosure."""

    code: str
    on: str
    due_days: int | None
    citations: list[str]


class Proof(_Answer):
    """Inclusion proof (RFC 9162) and the signed checkpoint (C2SP) it leads to."""

    inclusion: list[Digest]
    checkpoint: str


class Receipt(_Answer):
    """Evidence of what was disclosed; keep it with the records. `entry` is the log entry, `openings` are the salts of
    the element commitments, `proof` is null until a checkpoint covers the entry (about a second)."""

    entry: Base64Url
    entry_index: EntryIndex
    openings: dict[str, Digest]
    proof: Proof | None


class DisclosureAnswer(_Answer):
    """What was disclosed, in which form, what was withheld and why, and what the recipient must now do."""

    entry_index: EntryIndex
    decision: PermitDecision
    record_type: str
    records: list[dict[str, Any]]
    forms: dict[str, str]
    withheld: list[WithheldElement]
    obligations: list[Obligation]
    next_cursor: str | None
    receipt: Receipt


class ReferralAnswer(_Answer):
    """A named person decides. Ask again at `Location`; `decide_by` (UTC) is when the request lapses, `waiting_for` are
    duties, such as notices, that come before what was released may leave."""

    referral: str
    state: Literal["requested", "under-review", "released", "partly-released"]
    decide_by: str
    reasons: list[Reason]
    waiting_for: list[str]
    entry_index: EntryIndex


class ReleasedAnswer(_Answer):
    """What was referred may be collected: POST to the same address."""

    referral: str
    state: Literal["released"]
    entry_index: EntryIndex


class GrantedElement(_Answer):
    """A data element and the form in which the clause grants it."""

    name: str
    type: str
    form: dict[str, Any]
    label: Words


class OpenClause(_Answer):
    """A clause under which this party may ask."""

    id: str
    record_type: str
    label: Words
    cardinality: list[Literal["single", "list"]]
    case_reference: Literal["required", "optional"]
    identifier_schemes: list[str]
    filters: list[str]
    elements: list[GrantedElement]


class OpenSchedule(_Answer):
    """One purpose of an agreement."""

    id: str
    purpose: str
    title: Words
    clauses: list[OpenClause]


class OpenAgreement(_Answer):
    """An agreement, from its effective date until the day before its expiry. Nothing is disclosed under one whose
    `standing` is another than `in-force`; one that was suspended or terminated says since when (UTC), and why where
    somebody decided it."""

    id: str
    version: str
    digest: Digest
    title: Words
    effective: str
    expiry: str
    standing: Literal["in-force", "not-yet-in-force", "suspended", "terminated", "expired"]
    since: str | None
    reason: Words | None
    schedules: list[OpenSchedule]


class AgreementsAnswer(_Answer):
    """What this party may ask for; a help to integrators, not a decision."""

    agreements: list[OpenAgreement]


class Problem(_Answer):
    """RFC 9457. `code` is stable; `element` names the member of the request at fault, never what stood there;
    `entry_index` is where the refusal is on record; `agreements` are agreements of this party that would cover what was
    refused; `began_under` are the rules by which the list or the referral began, where they were others."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    titles: Words
    details: Words
    element: str | None = None
    entry_index: EntryIndex | None = None
    reasons: list[Reason] = Field(default_factory=list)
    agreements: list[str] = Field(default_factory=list)
    began_under: AppliedRules | None = None


class Jwk(BaseModel):
    """A public key (RFC 7517); P-256 has `y`, Ed25519 has not. `kid` is its RFC 7638 thumbprint."""

    kty: str
    crv: str
    x: Base64Url
    y: Base64Url | None = None
    kid: Digest
    alg: Literal["ES256", "EdDSA"]
    use: Literal["sig"]


class KeysAnswer(_Answer):
    """Keys that sign answers, and the verifier key of the log. Hold the keys against thumbprints you were given."""

    keys: list[Jwk]
    log_vkey: str


class ProblemMeaning(_Answer):
    """What a problem code means and what to do."""

    code: str
    status: int
    titles: Words
    details: Words


class Liveness(_Answer):
    status: Literal["live"]


class Readiness(_Answer):
    """`parts` says for each part whether it answers."""

    ready: bool
    parts: dict[str, bool]
