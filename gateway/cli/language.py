"""The option by which people choose the language of what a command shows."""

from typing import Annotated

import typer

from gateway.service.words.sentences import Lang

Language = Annotated[Lang, typer.Option("--lang", help="Language of what is shown")]
