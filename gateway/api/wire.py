"""The partner API's wire format: what a request looks like, with examples for the OpenAPI description.

Shape only: whether a name is known and whether a value fits its scheme is the use case's business. Three types, never
one: these models are for the wire, `gateway.domain` decides, `gateway.adapters.db` stores.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from gateway.api.form_values import Code, ElementName, Value
from gateway.api.ground_forms import FORM_EXAMPLES, FORM_KINDS, FORM_MEMBERS, GroundForm

MAX_ELEMENTS = 64
MAX_PAGE = 200
REQUEST_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "one-record": {
        "agreement": "esdc-ircc-tfw",
        "purpose": "lmia-refresh",
        "record_type": "lmia",
        "elements": ["decision", "positions_approved", "wage_hourly", "employer_contact_name"],
        "subject": {"scheme": "lmia-system-file-number", "value": "8454322"},
        "case_reference": "W000000001",
    },
    "list": {
        "agreement": "esdc-ircc-tfw",
        "purpose": "open-lmia-list",
        "record_type": "open-lmia",
        "elements": ["employer_name", "occupation", "approved_positions"],
        "list": {"filter": {"province": "ON", "noc": "85101"}, "limit": 2},
    },
}
"""Questions that the sample world answers; the description shows them with their answers."""
REFERRED_EXAMPLE: Final[Mapping[str, Any]] = {
    "purpose": "protect-life-or-safety",
    "record_type": "protection-case",
    "elements": ["worker_name", "immediate_danger", "medical_attention"],
    "subject": {"scheme": "uci", "value": "0000-0001"},
    "case_reference": "W000000001",
    "ground": FORM_EXAMPLES["emergency"],
}
"""A question that a person decides: an emergency."""


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    def __repr_args__(self) -> list[tuple[str | None, object]]:
        """Nothing of what a caller sent."""
        return []


class Subject(_Wire):
    """The one record or person asked about, by an identifier scheme of the record type."""

    scheme: Code
    value: Value


class ListPart(_Wire):
    """A page of a list: exact matches of filter elements, a page size, and the cursor of the page before."""

    filter: dict[ElementName, Value] = Field(
        default_factory=dict, max_length=8, json_schema_extra={"additionalProperties": False}
    )
    limit: int = Field(default=50, ge=1, le=MAX_PAGE)
    cursor: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,1024}$")] | None = None


class DisclosureBody(_Wire):
    """Body of `POST /v1/disclosures`: exactly one of `subject` and `list`."""

    agreement: Code | None = None
    purpose: Code
    record_type: Code
    elements: list[ElementName] = Field(min_length=1, max_length=MAX_ELEMENTS, json_schema_extra={"uniqueItems": True})
    subject: Subject | None = None
    list: ListPart | None = None
    ground: GroundForm | None = Field(default=None, description="The form of a ground other than an agreement")
    case_reference: Value | None = None
    acting_officer: Value | None = None
    recipient: Code | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.subject is None) == (self.list is None):
            raise ValueError("exactly one of subject and list")
        if len(set(self.elements)) != len(self.elements):
            raise ValueError("elements are named once")
        return self


_NAMES = frozenset({*DisclosureBody.model_fields, *Subject.model_fields, *ListPart.model_fields, *FORM_MEMBERS})


def place_of(error: ValidationError) -> str:
    """Where in the request the first fault is, as `list.limit` or `elements[2]`; a name that the API does not define is
    not repeated, because a caller could have put anything there."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    place = ""
    for part in details[0]["loc"]:
        if isinstance(part, int):
            place += f"[{part}]"
        elif part in _NAMES:
            place += f".{part}" if place else part
        elif part in FORM_KINDS:
            continue
        else:
            break
    return place or "body"
