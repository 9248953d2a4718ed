"""Commands that are imported when they are called: `gateway --help` reads none of them.

A command of its own is `Single`: its module has `add_to(app)`, which registers it by its name. A command with commands
is `Group`: its module has `app`. Their first sentences stand here too, for the list of commands; a test holds them
equal to what the command says of itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


@dataclass(frozen=True, slots=True)
class Single:
    """`name` as it is typed, `module` within `gateway.cli`, `help` the first sentence."""

    name: str
    module: str
    help: str

    def load(self) -> Any:
        """The whole command."""
        parent = typer.Typer(rich_markup_mode="markdown")
        import_module(f"gateway.cli.{self.module}").add_to(parent)
        return get_group(parent).commands[self.name]


@dataclass(frozen=True, slots=True)
class Group:
    """Like `Single`; `help` and `epilog` are those of the whole group."""

    name: str
    module: str
    help: str
    epilog: str | None = None

    def load(self) -> Any:
        """The whole group."""
        parent = typer.Typer(rich_markup_mode="markdown")
        app = import_module(f"gateway.cli.{self.module}").app
        parent.add_typer(app, name=self.name, help=self.help, epilog=self.epilog)
        return get_group(parent).commands[self.name]


class _Loaded(Mapping[str, Any]):
    """The commands by name, each imported when it is first asked for."""

    def __init__(self, known: Sequence[Single | Group]) -> None:
        self._known = {command.name: command for command in known}
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = self._known[name].load()
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class LazyGroup(TyperGroup):
    """A group whose commands are `known` by name before they are imported."""

    known: ClassVar[Sequence[Single | Group]] = ()

    def __init__(self, **attributes: object) -> None:
        super().__init__(**attributes)  # type: ignore[arg-type]
        self.commands = _Loaded(self.known)  # type: ignore[assignment]
        self._listing = False

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of commands needs their names and first sentences alone."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if not self._listing:
            return super().get_command(ctx, cmd_name)
        named = {command.name: command for command in self.known}.get(cmd_name)
        return None if named is None else TyperCommand(named.name, help=named.help)
