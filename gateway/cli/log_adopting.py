"""What `gateway log adopt` does: rows from before seals are held against the log and put on record.

Through the staff's desk, so beside a running gateway. Does not: name options (`gateway.cli.log`).
"""

import typer

from gateway.cli.acting import Stated
from gateway.cli.staff import call


def adopt(context: typer.Context, by: Stated, *, yes: bool) -> None:
    told = call(context, "log.adopt", by, yes=yes)
    rows = told["rows"]
    for one in rows:
        print(one["name"] if one["because"] is None else f"NOT ADOPTED {one['name']}: {one['because']}")
    fit = sum(one["because"] is None for one in rows)
    if yes:
        print(f"{told['adopted']} of {len(rows)} rows adopted, each by an entry of its own")
    else:
        print(f"{fit} of {len(rows)} rows can be adopted; --yes puts them on record")
    if fit < len(rows):
        raise typer.Exit(1)
