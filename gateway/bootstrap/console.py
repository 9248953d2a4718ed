"""The console of a deployment, in the process of the gateway or in one of its own."""

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import uvicorn
from starlette.types import ASGIApp

from gateway.adapters.db.console_state import ConsoleState, beside
from gateway.api.wire_limits import WireLimits, connections_that_fit, server_options
from gateway.bootstrap.console_letters import ConsoleLetters
from gateway.bootstrap.console_reports import ConsoleReports
from gateway.bootstrap.console_rows import ConsoleRows
from gateway.bootstrap.sign_in import PROVIDER_SECONDS
from gateway.bootstrap.version import product_version
from gateway.console.app import check_origin, console_app
from gateway.console.assets.parts import NOT_BUILT, load_parts
from gateway.console.calls import DeskCalls, SocketCalls, StaffCalls
from gateway.console.rendering import Rendering
from gateway.console.room import Room
from gateway.console.session.provider import BACK, OpenIdSignIn
from gateway.console.session.sessions import Sessions, Times
from gateway.console.session.sign_in import PickedPeople, SignIn
from gateway.console.session.store import Sealed
from gateway.console.units import Units
from gateway.deployment.console_file import LoadedConsole, read_console_file
from gateway.deployment.settings import Settings
from gateway.domain.errors import ConfigurationError
from gateway.observability.logs import Event, diagnostic_log
from gateway.sign_in.oidc import Client, Provider
from gateway.staff.desk import StaffDesk


@contextlib.asynccontextmanager
async def opened_console(settings: Settings, calls: StaffCalls) -> AsyncIterator[ASGIApp]:
    """The application; what it keeps open is closed at the end. Raises ConfigurationError."""
    origin = settings.console_origin
    if origin is None:
        raise ConfigurationError("the setting CONSOLE_ORIGIN is not set: how browsers name the console")
    loaded = read_console_file(settings.console_file)
    check_origin(origin, sandbox=settings.sandbox, signs_in=loaded.file.sign_in is not None)
    parts = load_parts()
    if not parts.built:
        diagnostic_log().warning(Event.SERVER_SAID, part="console", detail=NOT_BUILT)
    http = httpx.AsyncClient(timeout=PROVIDER_SECONDS, follow_redirects=False)
    sign_in = _sign_in(loaded, origin, http)
    state = ConsoleState(settings.console_database_url or beside(settings.database_url))
    try:
        minutes = loaded.file.minutes
        times = Times(minutes.idle * 60, minutes.whole * 60, minutes.fresh * 60)
        sessions = Sessions(state, times, lambda: int(time.time()))
        units = Units(calls)
        await units.load()
        yield console_app(
            Room(
                origin=origin,
                calls=calls,
                units=units,
                sessions=sessions,
                references=Sealed(state, "reference"),
                logins=Sealed(state, "login"),
                rendering=Rendering(),
                parts=parts,
                brand=loaded.file.brand,
                letters=ConsoleLetters(),
                row_files=ConsoleRows(),
                report_files=ConsoleReports(),
                sandbox=settings.sandbox,
                version=product_version(),
                sign_in_targets=sign_in.form_targets,
            ),
            sign_in,
        )
    finally:
        state.close()
        await http.aclose()


@contextlib.asynccontextmanager
async def serving_console(
    settings: Settings, desk: Callable[[], StaffDesk], host: str, port: int
) -> AsyncIterator[None]:
    """Beside the partner API, in its process, while in the context. Raises ConfigurationError."""
    async with opened_console(settings, DeskCalls(desk)) as app:
        server = _BesideServer(_config(settings, app, host, port))
        serving = asyncio.create_task(server.serve([_listening(host, port)]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving


async def serve_alone(settings: Settings, host: str, port: int) -> None:
    """As a process of its own, over the staff socket, until told to stop. Raises ConfigurationError."""
    if settings.staff_socket is None:
        raise ConfigurationError("the setting STAFF_SOCKET is not set: where the console reaches the gateway")
    async with opened_console(settings, SocketCalls(Path(settings.staff_socket))) as app:
        diagnostic_log().info(Event.STARTED, part="console")
        await uvicorn.Server(_config(settings, app, host, port)).serve([_listening(host, port)])


class _BesideServer(uvicorn.Server):
    """Ends with the server that it is beside, which has the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listening(host: str, port: int) -> socket.socket:
    """Raises ConfigurationError where the port is taken, or the address not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise ConfigurationError(
            f"the console cannot listen at its port ({type(error).__name__}); is it taken?"
        ) from None
    return bound


def _config(settings: Settings, app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    limits = WireLimits(connections_that_fit(settings.max_connections), settings.request_seconds, settings.idle_seconds)
    options = server_options(limits)
    return uvicorn.Config(app, host=host, port=port, lifespan="off", log_level="warning", **options)


def _sign_in(loaded: LoadedConsole, origin: str, http: httpx.AsyncClient) -> SignIn:
    """Raises ConfigurationError."""
    declared = loaded.file.sign_in
    if declared is None:
        return PickedPeople()
    secret = declared.client_secret_file
    client = Client(
        issuer=declared.issuer,
        client_id=declared.client_id,
        secret=None if secret is None else _secret(loaded.folder / secret),
        algorithms=declared.algorithms,
        redirect_uri=f"{origin}{BACK}",
    )
    return OpenIdSignIn(Provider(client, http, lambda: int(time.time())), declared)


def _secret(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"{file} cannot be read as the secret of the sign-in client") from None
