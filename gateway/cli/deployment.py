"""`gateway init` makes a deployment, `gateway serve` runs it. What serves is imported by `serve` alone."""

import gc
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gateway.cli.settings import settings_of


def add_to(app: typer.Typer) -> None:
    app.command("init", epilog="Example: `gateway init var/gateway --origin https://gateway.example`")(init)
    app.command(
        "serve",
        epilog="Examples: `gateway --env var/gateway/gateway.env serve --port 8443` · "
        "`gateway --env var/gateway/gateway.env serve --console`",
    )(serve)
    app.command("console", epilog="Example: `gateway --env var/gateway/gateway.env console --port 8444`")(console)


def init(
    folder: Annotated[Path, typer.Argument(help="Folder for keys and settings; made if it is not there")],
    origin: Annotated[str, typer.Option(help="Origin partners will use, such as https://gateway.example")],
    database: Annotated[
        str | None, typer.Option(help="SQLAlchemy URL of the log; default: SQLite in the folder")
    ] = None,
    log_origin: Annotated[
        str | None, typer.Option(help="Name of the log in its checkpoints; default: the origin's host and /log")
    ] = None,
    sandbox: Annotated[bool, typer.Option(help="Accept never-issued SINs; for tests and demos only")] = False,
) -> None:
    """Make a deployment: fresh keys, each in a file only you can read, and a file of settings."""
    from gateway.deployment.folder import create

    create(folder, origin=origin, database_url=database, sandbox=sandbox, log_origin=log_origin)
    typer.echo(f"Made {folder}. Next: write {folder}/sources.yaml (docs/sources.md), register a partner's key")
    typer.echo(
        f"(gateway --env {folder}/gateway.env keys propose --help), then gateway --env {folder}/gateway.env serve"
    )


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; put a TLS proxy in front")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=1, max=65535)] = 8080,
    plain_logs: Annotated[bool, typer.Option(help="Logs as text instead of JSON lines")] = False,
    with_console: Annotated[
        bool, typer.Option("--console", help="Serve the staff console too, in this process")
    ] = False,
    console_port: Annotated[int, typer.Option(help="Port of the staff console", min=1, max=65535)] = 8081,
) -> None:
    """Run the gateway in this process until it is told to stop."""
    import uvicorn

    from gateway.api.wire_limits import WireLimits, connections_that_fit, server_options
    from gateway.bootstrap.partner import application
    from gateway.observability import logs

    settings = settings_of(context)
    logs.configure(level=settings.log_level, json_lines=not plain_logs)
    beside = None
    if with_console:
        from gateway.bootstrap.console import serving_console

        beside = partial(serving_console, settings, host=host, port=console_port)
    partner_api = application(settings, beside=beside)
    connections = connections_that_fit(settings.max_connections)
    limits = WireLimits(connections, settings.request_seconds, settings.idle_seconds)
    # What start-up made lives as long as the process; collecting it again and again costs a tenth of every request.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        uvicorn.run(partner_api, host=host, port=port, lifespan="on", log_level="warning", **server_options(limits))
    except SystemExit as ended:
        # The server has said why on standard error; its own exit codes are not those of this command.
        if ended.code:
            raise SystemExit(1) from None


def console(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; put a TLS proxy in front")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on", min=1, max=65535)] = 8081,
    plain_logs: Annotated[bool, typer.Option(help="Logs as text instead of JSON lines")] = False,
) -> None:
    """Run the staff console in a process of its own, beside a running gateway."""
    import asyncio

    from gateway.bootstrap.console import serve_alone
    from gateway.observability import logs

    settings = settings_of(context)
    logs.configure(level=settings.log_level, json_lines=not plain_logs)
    asyncio.run(serve_alone(settings, host, port))
