"""The parts of the documentation that are computed from the code: `python -m tests.docs.generated` writes them.

docs/reference/errors.md comes from the error classes, docs/settings.md from `gateway.deployment.settings.Settings`, the
table of problems in docs/partner-guide.md from `gateway.api.problems`, the table of faults in docs/disclosure-log.md
from `service.log.completeness`, that of thresholds in docs/flags.md from `service.flags.thresholds`; a test fails when
one is stale.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path

from gateway.api.problems import PROBLEMS
from gateway.deployment.settings import PREFIX, Settings
from gateway.service.flags.thresholds import Thresholds
from gateway.service.log.completeness import CANNOT_TELL, FAULTS
from tests.docs.error_tree import error_page

REPOSITORY = Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- generated: {} -->\n", "<!-- end -->\n"

_HEAD = """# Settings

Every setting is an environment variable, or a line `NAME=value` in the file given with `gateway --env FILE` (the
environment wins). `gateway init` writes that file. All are read and checked once, at start: a missing, malformed or
unknown one stops the gateway with its name, never its value. No secret has a default; secrets are files, readable by
their owner only, and a setting names the file.

This page is generated from `gateway/deployment/settings.py` (`python -m tests.docs.generated`).

| Environment variable | Default | Meaning |
|---|---|---|
"""


def settings_page() -> str:
    return _HEAD + "".join(
        f"| `{PREFIX}{item.name.upper()}` | {_default(item.default)} | {item.metadata['help']} |\n"
        for item in fields(Settings)
    )


def _default(value: object) -> str:
    if value is MISSING:
        return "required"
    if value is None:
        return "not set"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def problem_table() -> str:
    rows = ["| Status | Code | What it means | En français | What to do |\n", "|---|---|---|---|---|\n"]
    for code, kind in sorted(PROBLEMS.items(), key=lambda item: (item[1].status, item[0])):
        rows.append(f"| {kind.status} | `{code}` | {kind.title_en} | {kind.title_fr} | {kind.remedy_en} |\n")
    return "".join(rows)


def fault_table() -> str:
    rows = [f"| `{kind}` | {words} |\n" for kind, words in FAULTS.items()]
    rows += [f"| cannot tell: `{kind}` | {words} |\n" for kind, words in CANNOT_TELL.items()]
    return "".join(["| Fault | Meaning |\n", "|---|---|\n", *rows])


def threshold_table() -> str:
    rows = [f"| `{item.name}` | {item.default:g} | {item.metadata['help']} |\n" for item in fields(Thresholds)]
    return "".join(["| Name | Default | Meaning |\n", "|---|---|---|\n", *rows])


def with_table(name: str, table: str, document: str) -> str:
    begin = BEGIN.format(name)
    before, _, rest = document.partition(begin)
    _, _, after = rest.partition(END)
    return before + begin + table + END + after


def generated() -> Mapping[Path, str]:
    """Every generated document with the text it should have."""
    guide = REPOSITORY / "docs" / "partner-guide.md"
    log = REPOSITORY / "docs" / "disclosure-log.md"
    flags = REPOSITORY / "docs" / "flags.md"
    return {
        flags: with_table("thresholds", threshold_table(), flags.read_text("utf-8")),
        REPOSITORY / "docs" / "settings.md": settings_page(),
        REPOSITORY / "docs" / "reference" / "errors.md": error_page(),
        guide: with_table("problems", problem_table(), guide.read_text("utf-8")),
        log: with_table("faults", fault_table(), log.read_text("utf-8")),
    }


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, "utf-8")
