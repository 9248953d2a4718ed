"""Who a command says is acting: the options, defined once, and what they say.

Invariant: where the deployment maps the machine's users to officers, nobody needs the options, and they may only say
the same. Does not: find out who it is (`gateway.staff.identity`).
"""

from collections.abc import Mapping
from typing import Annotated

import typer

Unit = Annotated[str | None, typer.Option(help="Your unit; not needed where STAFF_OFFICERS names you")]
Officer = Annotated[
    str | None,
    typer.Option(
        help="Who you are; kept encrypted with the entry this makes; not needed where STAFF_OFFICERS names you"
    ),
]
Stated = Mapping[str, str | None]


def said(unit: str | None, officer: str | None) -> Stated:
    """What the options say of who acts."""
    return {"unit": unit, "officer": officer}
