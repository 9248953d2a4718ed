"""What the log's page calls the codes of its rows, chips and choices.

Invariant: a code that nothing calls is called by itself. Does not: ask for anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from gateway.console.entries.filters import COLUMNS, INSTITUTION, Filters
from gateway.console.visit import Visit
from gateway.console.wording import Wording

SHORT: Final = 60
_TOLD: Final = {
    "requester": "organization",
    "recipient": "organization",
    "custodian": "organization",
    INSTITUTION: "organization",
    "type": "record-type",
}
_VIEWS: Final[tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]] = (
    ("view-all", {}),
    ("view-denied", {"outcome": ("denial",)}),
    ("view-referred", {"outcome": ("referral",)}),
    ("view-emergency", {"ground": ("emergency",)}),
    ("view-left", {"outcome": ("disclosure", "redelivery")}),
)
Option = tuple[str, str]


class Names:
    """By column."""

    def __init__(self, told: Mapping[str, Any], words: Wording) -> None:
        self._told = told
        self._words = words

    def of(self, column: str, code: str | None) -> str:
        found = self._told[column].get(code)
        return (code or "") if found is None else self._words.heading(found)

    def kind(self, code: str) -> str:
        key = f"kind-{code}"
        return str(self._words(key)) if self._words.has(key) else _plain(self.of("kind", code))

    def element(self, record_type: str | None, name: str) -> str:
        found = self._told["element"].get(record_type, {}).get(name)
        return name if found is None else self._words.heading(found)

    def element_anywhere(self, name: str) -> str:
        """An element by itself: as the first record type that has it calls it."""
        owner = next((code for code, parts in self._told["element"].items() if name in parts), None)
        return self.element(owner, name)

    def clause(self, code: str) -> str:
        title = self._told["clause"].get(code)
        return code if title is None else str(self._words("clause-of", code, short(self._words.title(title))))

    def filtered(self, name: str, code: str) -> str:
        """A value of a filter."""
        if name == "outcome":
            return self.kind(code)
        if name == "element":
            return self.element_anywhere(code)
        if name == "clause":
            return code
        return short(self.of(_TOLD.get(name, name), code))

    def codes(self, column: str) -> Iterable[str]:
        return list(self._told[column])

    def day(self, day: date) -> str:
        return self._words.day(day)

    def words(self, key: str, *fill: object) -> Markup:
        """Escaped already: a title with an apostrophe is not escaped twice."""
        return self._words(key, *fill)


def short(text: str) -> str:
    """A title that fits beside others."""
    return text if len(text) <= SHORT else text[: SHORT - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"


def chips(filters: Filters, names: Names) -> list[tuple[str, str]]:
    """What each filter says, and the address without it."""
    found = []
    for name, value in filters.pairs():
        if name in ("from", "to"):
            day = filters.first if name == "from" else filters.last
            said = names.words(f"chip-{name}", names.day(day)) if day else ""
        else:
            said = names.words("pair", names.words(f"filter-{name}"), names.filtered(name, value))
        found.append((said, filters.query(without=(name, value))))
    return found


def views(filters: Filters, names: Names) -> list[tuple[str, str, bool]]:
    """Ways to begin: what each is called, its address, and whether it is what is shown."""
    found: list[tuple[str, str, bool]] = []
    for key, chosen in _VIEWS:
        view = Filters(chosen=chosen, own=filters.own)
        found.append((names.words(key), view.query(), view.pairs() == filters.pairs()))
    return found


def options(
    filters: Filters,
    names: Names,
    visit: Visit,
    elements: Sequence[Mapping[str, Any]],
    clauses: Sequence[Mapping[str, Any]],
) -> list[tuple[str, str, list[tuple[str, list[Option]]]]]:
    """For each filter its name, its label and its choices in groups, without those that are chosen already."""
    mine = visit.room.units.organization(visit.actor.unit)
    found: dict[str, list[tuple[str, list[Option]]]] = {
        "outcome": [("", [(code, names.kind(code)) for code in (*_REQUESTS, *names.codes("kind"))])]
    }
    everyone = _sorted((code, names.of("organization", code)) for code in names.codes("organization"))
    everyone.sort(key=lambda one: one[0] != mine)
    people = [(code, names.words("own-institution", said) if code == mine else said) for code, said in everyone]
    for name in ("requester", "recipient", "custodian"):
        found[name] = [("", people)]
    for name in ("purpose", "ground", "agreement", "type"):
        column = _TOLD.get(name, name)
        found[name] = [("", _sorted((code, short(names.of(column, code))) for code in names.codes(column)))]
    used = [one["values"][0] for one in clauses if one["values"][0]]
    found["clause"] = [("", _sorted((code, names.clause(code)) for code in used))]
    types: dict[str, list[Option]] = {}
    for one in elements:
        kind, element = one["values"]
        if kind and element:
            types.setdefault(names.of("record-type", kind), []).append((element, names.element(kind, element)))
    found["element"] = [(kind, _sorted(listed)) for kind, listed in sorted(types.items())]
    if filters.own is None:
        found[INSTITUTION] = [("", people)]
    order = [*COLUMNS, *([INSTITUTION] if filters.own is None else [])]
    return [(name, names.words(f"filter-{name}"), _left(filters, name, found[name])) for name in order]


_REQUESTS: Final = ("disclosure", "denial", "referral", "redelivery")


def _left(filters: Filters, name: str, groups: list[tuple[str, list[Option]]]) -> list[tuple[str, list[Option]]]:
    taken = filters.chosen.get(name, ())
    return [(said, [one for one in listed if one[0] not in taken]) for said, listed in groups]


def _sorted(listed: Iterable[Option]) -> list[Option]:
    return sorted(listed, key=lambda one: one[1].casefold())


def _plain(said: str) -> str:
    """Without the article that a sentence needs."""
    for article in ("A ", "An ", "Un ", "Une "):
        if said.startswith(article):
            rest = said.removeprefix(article)
            return rest[:1].upper() + rest[1:]
    return said
