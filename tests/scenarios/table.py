"""The table of all situations in docs/scenarios.md, made from the files.

    python -m tests.scenarios.table

writes it into the page, between its marks. Does not: change anything else of the page.
"""

from pathlib import Path

from gateway.service.simulation.situation import Situation
from tests.scenarios.situations import all_situations

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
BEGIN, END = "<!-- situations -->", "<!-- /situations -->"


def table() -> str:
    """Every situation by number, both titles, what must come of it."""
    rows = ["| No. | Situation | Title | Titre | Outcome |", "|---|---|---|---|---|"]
    for number, one in enumerate(all_situations(), 1):
        words = one.body["title"]
        rows.append(f"| {number} | `{one.name}` | {words['en']} | {words['fr']} | {_outcome(one)} |")
    return "\n".join(rows)


def page() -> str:
    """The page with the table as it has to be. Raises ValueError where the marks are missing."""
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _outcome(situation: Situation) -> str:
    expected = situation.body["expect"]
    if "problem" in expected:
        return f"`{expected['problem']}`"
    if expected["effect"] == "permit":
        return "permit"
    return f"{expected['effect']}: {', '.join(f'`{code}`' for code in expected['reasons'])}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
