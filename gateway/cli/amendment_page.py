"""Tells the last part of the demonstration: an agreement is amended, suspended and taken up again while it is used.

Does not: do any of it (`gateway.demo.amendment`).
"""

from rich.console import Console

from gateway.demo.amendment import AGREEMENT, NARROWED, REASON, amend, halt
from gateway.demo.play import Sandbox, Tally
from gateway.service.words.rulebook import short


def tell_amendment(console: Console, sandbox: Sandbox, number: int, tally: Tally) -> None:
    """Two scenes, from `number`. Raises DemoError where a step did not end as it has to."""
    console.print(f"[bold]{number}. The agreement is narrowed while it is used: nobody needs the hourly wage[/bold]")
    console.print(f"   draft     one person takes {NARROWED} out of {AGREEMENT}, as version 2, and gives it to review")
    done = amend(sandbox)
    console.print(f"   four eyes its author would approve it too: [red]{done.refused}[/red]")
    console.print(f"   approved  by a second person, exactly the draft with digest {short(done.digest)}…")
    console.print(f"   published by a third, on record as entry {done.entry_index}, while IRCC asked without a pause")
    told = ", ".join(f"{count} under version {version}" for version, count in sorted(done.versions.items()))
    console.print(f"   meanwhile no request failed: {told}")
    withheld = {item["element"]: item["title"]["en"] for item in done.after.withheld}
    console.print(f"   withheld  {NARROWED}: {withheld[NARROWED]}")
    console.print(f"   proof     entry {done.after.entry_index} names version 2\n")
    tally.requests, tally.permit = tally.requests + 1, tally.permit + 1
    tally.withheld_elements += len(done.after.withheld)

    console.print(f"[bold]{number + 1}. The agreement is suspended between two pages of a list[/bold]")
    stop = halt(sandbox)
    console.print(f"   page 1    {len(stop.page.records)} employers left, entry {stop.page.entry_index}")
    console.print(f"   suspended by one person, at once, on record as entry {stop.entry_index}")
    problem = stop.problem
    console.print(f"   page 2    [red]{problem.title}[/red] ({problem.status}; entry {problem.entry_index})")
    for reason in problem.reasons:
        console.print(f"   because   {reason['title']['en']}")
    console.print(f"   partners  GET /v1/agreements says: {stop.listed['standing']} since {stop.listed['since']}")
    console.print(f"             {REASON['en']} / {REASON['fr']}")
    console.print(f"   taken up  by two people, on record as entry {stop.resumed_index}\n")
    tally.requests, tally.permit, tally.deny = tally.requests + 2, tally.permit + 1, tally.deny + 1
    tally.withheld_elements += len(stop.page.withheld)
