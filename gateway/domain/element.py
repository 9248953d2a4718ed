"""Data elements: what a record type consists of, and the forms in which an element may leave.

A catalogue entry says of each element its type, sensitivity class, labels and the legal regime it comes from
(provenance travels with the element: CBSA customs data and CBSA IRPA data are under different laws).
Does not hold any value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Sensitivity(StrEnum):
    """Sensitivity classes of the record layouts."""

    IDENTIFIER = "ID"
    QUASI_IDENTIFIER = "QI"
    SPECIAL = "SP"
    FREE_TEXT = "FT"
    OPERATIONAL = "OP"
    THIRD_PARTY = "TP"
    BUSINESS = "BC"


class FormKind(StrEnum):
    """The forms a clause can grant. Anything else is withheld."""

    PLAIN = "plain"
    MASK = "mask"
    GENERALIZE = "generalize"
    PSEUDONYM = "pseudonym"
    EXISTS = "exists"
    SCRUB = "scrub"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its parameters: `keep` for mask (characters), `to` for generalize
    (`year`, `month`, `age-band`, `fsa`, `band-1000`, ...)."""

    kind: FormKind
    keep: int | None = None
    to: str | None = None

    @property
    def code(self) -> str:
        """How the form is written in entries and answers, for example `mask:3` or `generalize:year`."""
        parameter = self.to if self.to is not None else self.keep
        return self.kind.value if parameter is None else f"{self.kind.value}:{parameter}"

    @classmethod
    def parse(cls, code: str) -> "Form":
        """The form that a code writes. Raises ValueError for anything that `code` would not have written."""
        kind, _, parameter = code.partition(":")
        match FormKind(kind):
            case FormKind.MASK:
                form = cls(FormKind.MASK, keep=int(parameter))
            case FormKind.GENERALIZE:
                form = cls(FormKind.GENERALIZE, to=parameter)
            case plain:
                form = cls(plain)
        if form.code != code or code.endswith(":"):
            raise ValueError("not the code of a form")
        return form


@dataclass(frozen=True, slots=True)
class Element:
    """One data element of a record type. `type` is a type code of the catalogue schema (`date`, `sin`, ...);
    `business_identity` says that it is somebody's name or contact in an official capacity."""

    name: str
    type: str
    sensitivity: Sensitivity
    label_en: str
    label_fr: str
    regime: str
    options: tuple[str, ...] = ()
    max_length: int | None = None
    business_identity: bool = False


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type of the catalogue.

    `identifiers` maps an identifier scheme to the element it is looked up by; `filters` are the elements a list may
    be narrowed by; `attributes` maps a record attribute (policy input, never a personal value) to the element that
    holds it; `subject` is the scheme that names the data subject, or None where the record is about no person.
    """

    id: str
    label_en: str
    label_fr: str
    custodian: str
    system: str
    program: str
    regime: str
    information_bank: str
    personal: bool
    subject: str | None
    identifiers: Mapping[str, str]
    filters: tuple[str, ...]
    attributes: Mapping[str, str]
    elements: Mapping[str, Element]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every record type by its id."""

    record_types: Mapping[str, RecordType]

    def find(self, record_type: str) -> RecordType | None:
        return self.record_types.get(record_type)
