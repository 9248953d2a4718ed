"""The register of provisions as a page of Markdown: by instrument, in both languages, with what upholds each provision.

Invariant: the page says what the data says and nothing else, in the order of the files; equal data gives equal text,
so that a stale page is found by comparing. Does not decide and does not read a file.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gateway.adapters.rulebook.build import rule_name

_HEAD: Final = """# Authorities

The provisions that the gateway knows, in our own words. **This is an interpretation, for counsel to confirm**; it is
not legal advice. *Verified* says how sure a row is: *yes* where the consolidated text was read, *secondary* where a
secondary or older text was, *no* where it stands from memory. *Read* says what was read and as of when:
federal texts in the consolidation that the Department of Justice published on that day, other material as of its own
date, where it has one.

*Not judged*, below what a row says, is what the provision asks and no decision of the gateway looks at, and who has to.

*Decided by* says what upholds the provision: a rule of its own (the folder holds its tests too), a named person on one
of the grounds other than an agreement, the check of the agreements, the product itself, or the procedure of an
institution. Periods are half-open: from the start of a day in Ottawa or Toronto, where the
legislature sits. This page is generated from `agreements/authorities/`
(`gateway agreements authorities`).
"""

_COLUMNS: Final = (
    *("Provision", "What it says", "Ce qu'elle dit", "Effect", "Conditions"),
    *("Obligations", "In force", "Verified", "Read", "Decided by"),
)
_VERIFIED: Final[Mapping[object, str]] = {True: "yes", False: "no", "secondary": "secondary"}


def register_page(authorities: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page, ending in a line feed. `authorities`: the register by provision, as `Rulebook` holds it."""
    return "\n".join([_HEAD, *_totals(authorities.values()), *_instruments(authorities)]) + "\n"


def _totals(provisions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rows = list(provisions)
    ruled = sum(row["enforced"] for row in rows)
    weighed = sum(row.get("decided_by") == "person" for row in rows)
    upheld = sum("upheld_by" in row for row in rows)
    yield (
        f"{len(rows)} provisions: {ruled} with a rule of their own ({weighed} of them decided by a person), {upheld} "
        f"upheld otherwise, {len(rows) - ruled - upheld} that define or say where authority does not come from."
    )


def _instruments(authorities: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    by_instrument: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for name, row in authorities.items():
        by_instrument.setdefault(row["instrument"]["en"], []).append((name, row))
    for instrument, rows in by_instrument.items():
        yield f"\n## {instrument}\n"
        yield f"*{rows[0][1]['instrument']['fr']}*\n"
        yield f"| {' | '.join(_COLUMNS)} |"
        yield f"|{'---|' * len(_COLUMNS)}"
        yield from (_row(name, row) for name, row in rows)


def _row(name: str, row: Mapping[str, Any]) -> str:
    cells = (
        f"**{name}**<br>{_section(row['section'])}",
        _said(row, "en", "Not judged"),
        _said(row, "fr", "Hors de la décision"),
        row["effect"] if row["effect"] in {"none", "defines"} else f"{row['effect']} ({row['side']})",
        _codes(row["conditions"]),
        _codes(row["obligations"]),
        _period(row["effective"]),
        _VERIFIED[row["verified"]],
        _read(row),
        _decided_by(name, row),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _said(row: Mapping[str, Any], lang: str, not_judged: str) -> str:
    """What the row says in one language, and below it what the gateway does not judge."""
    left = f"<br>*{not_judged}:* {row['not_judged'][lang]}" if "not_judged" in row else ""
    return f"**{row['title'][lang]}.** {row['summary'][lang]}{left}"


def _section(section: Mapping[str, str]) -> str:
    english, french = section["en"], section["fr"]
    return english if english == french else f"{english}<br>*{french}*"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _period(effective: Mapping[str, str | None]) -> str:
    start, end = effective["from"], effective["until"]
    return " ".join([*([f"from {start}"] if start else []), *([f"until {end}"] if end else [])]) or "yes"


def _read(row: Mapping[str, Any]) -> str:
    """Where the text was read and as of when."""
    as_of = row["read"]["as_of"]
    said = {
        "consolidated": f"consolidation of {as_of}",
        "secondary": f"secondary material of {as_of}" if as_of else "secondary material, undated",
        "memory": "from memory, no text read",
        "policy": "the gateway's own, no text",
    }[row["read"]["text"]]
    return f"{said}: {row['source']}"


def _decided_by(name: str, row: Mapping[str, Any]) -> str:
    said = [f"`policies/authority/{rule_name(name)}`"] if row["enforced"] else []
    if "grounds" in row:
        who = {"rule": "by rule", "person": "by a person"}[row["decided_by"]]
        said.append(f"{who} on: {', '.join(row['grounds'])}")
    if "upheld_by" in row:
        said.append(row["upheld_by"].replace("-", " "))
    return "; ".join(said)
