"""Commands signed in by the device grant with a real provider: the actor of a staff act is proven, and nobody is who
they merely say they are."""

import asyncio
import html
import json
import queue
import re
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from typer.testing import CliRunner

from gateway.adapters.rulebook import load as agreements
from gateway.bootstrap.sign_in import command_proof
from gateway.cli import sign_in as sign_in_command
from gateway.cli.main import app
from gateway.cli.sign_in import token_for
from gateway.demo.play import free_port
from gateway.deployment.settings import Settings
from gateway.domain.actor import Actor, Identified, Role
from gateway.domain.errors import GatewayError
from gateway.sign_in.command import SignInError, command_provider, signed_in, until_of
from gateway.sign_in.kept import KeptSignIn, SignInFile, Tokens
from gateway.sign_in.oidc import DeviceCode, TokenRefusedError
from gateway.staff.answering import perform_as
from gateway.staff.identity import Callers, IdentityError, identified
from gateway.staff.proof import ProofError
from tests.console.house import House
from tests.console.provider import real_provider, write_keys
from tests.integration.commands import Ran
from tests.live import deploy

OFFICER, NOBODY = "r.roy", "z.nobody"
BOTH = ["privacy-officer", "delegated-head"]


@dataclass(frozen=True)
class Commands:
    """A deployment whose commands sign in with a provider that runs."""

    issuer: str
    settings: Settings
    file: Path


@pytest.fixture(scope="module")
def commands(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    folder, port = tmp_path_factory.mktemp("commands"), free_port()
    write_keys(folder / "keys.json")
    declared = {
        "sign_in": {
            "issuer": f"http://127.0.0.1:{port}",
            "client_id": "isa-console",
            "command_client_id": "isa-commands",
            "charges": [
                {
                    "claim": "groups",
                    "value": OFFICER,
                    "unit": "esdc-isb",
                    "roles": ["privacy-officer", "delegated-head"],
                },
            ],
        }
    }
    file = folder / "console.yaml"
    file.write_text(yaml.safe_dump(declared), "utf-8")
    settings = replace(house.settings, console_file=file, sandbox=False)
    with real_provider(port, "http://127.0.0.1:9", folder / "keys.json") as issuer:
        yield Commands(issuer, settings, file)


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def declared_of(commands: Commands) -> Any:
    from gateway.deployment.console_file import read_console_file

    declared = read_console_file(commands.file).file.sign_in
    assert declared is not None
    return declared


async def in_browser(address: str, name: str, *, deny: bool = False) -> None:
    """The person, at any machine: opens the address, confirms the code, signs in."""
    async with httpx.AsyncClient(timeout=20, follow_redirects=True) as browser:
        answer = await browser.get(address)
        for _ in range(12):
            assert answer.status_code == 200, answer.text[:500]
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            if form is None:
                return
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
            if deny and "abort" in answer.text:
                fields["abort"] = "yes"
            if fields.get("prompt") == "login":
                fields |= {"login": name, "password": "x"}
            answer = await browser.post(html.unescape(form[1]), data=fields)
        raise AssertionError("the provider never came to an end")


async def sign_in(commands: Commands, name: str = OFFICER, *, deny: bool = False, again: bool = False) -> Tokens:
    """As `gateway sign-in` does, with the person at a browser meanwhile; the provider's interval is not waited for."""
    provider = command_provider(declared_of(commands), 10)
    shown: list[DeviceCode] = []
    persons: list[asyncio.Task[None]] = []

    def show(code: DeviceCode) -> None:
        shown.append(code)
        assert code.complete is not None
        persons.append(asyncio.create_task(in_browser(code.complete, name, deny=deny)))

    async def brief(_seconds: float) -> None:
        await asyncio.sleep(0.3)

    try:
        tokens = await signed_in(provider, show, sleep=brief, again=again)
        claims = await provider.verified(tokens.identity)
        SignInFile(commands.issuer, "isa-commands").write(KeptSignIn(tokens, until_of(claims)))
        return tokens
    finally:
        await asyncio.gather(*persons, return_exceptions=True)
        await provider.close()


async def who(commands: Commands, stated: Mapping[str, Any], **callers: Any) -> Any:
    proof = command_proof(commands.settings, agreements.load().parties)
    assert proof is not None
    try:
        return await identified(Callers(sign_in=proof, **callers), 12345, stated)
    finally:
        await proof.close()


def test_who_signed_in_is_proven_for_each_call(commands: Commands) -> None:
    async def run() -> None:
        tokens = await sign_in(commands)
        proven = await who(commands, {"token": tokens.identity, "unit": None, "officer": None})
        assert (proven.actor.officer, proven.actor.unit, proven.actor.identified) == (
            OFFICER,
            "esdc-isb",
            Identified.SIGN_IN,
        )
        assert proven.actor.roles == {Role.PRIVACY_OFFICER, Role.DELEGATED_HEAD}
        assert proven.fresh
        assert token_for(str(commands.file)) == tokens.identity

    asyncio.run(run())


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"unit": "esdc-isb", "officer": "r.roy"}, "sign-in-needed"),
        ({}, "sign-in-needed"),
        ({"unit": "esdc-isb", "officer": "r.roy", "roles": ["administrator"]}, "sign-in-needed"),
        ({"token": "e30.e30.AAAA"}, "sign-in-over"),
        ({"token": ""}, "sign-in-over"),
        ({"token": "x" * 100_000}, "sign-in-over"),
        ({"token": "é\u2028"}, "sign-in-over"),
    ],
)
def test_nobody_is_who_they_merely_say(commands: Commands, stated: Mapping[str, Any], code: str) -> None:
    with pytest.raises(ProofError) as told:
        asyncio.run(who(commands, stated))
    assert told.value.code == code


def test_a_user_of_the_mapping_is_who_the_system_says_and_needs_no_sign_in(commands: Commands) -> None:
    mapped = Actor("m.cote", "esdc-isb", frozenset({Role.AUDITOR}), Identified.PEER_CREDENTIALS)
    for stated in ({}, {"token": "e30.e30.AAAA"}):
        proven = asyncio.run(who(commands, stated, officers={12345: mapped}))
        assert proven.actor == mapped
    for code, stated in (("caller-unknown", {}), ("sign-in-over", {"token": "e30.e30.AAAA"})):
        with pytest.raises((IdentityError, ProofError)) as told:
            asyncio.run(who(commands, stated, officers={1: mapped}))
        assert told.value.code == code


def test_in_a_sandbox_people_still_say_who_they_are(commands: Commands) -> None:
    proven = asyncio.run(who(commands, {"unit": "esdc-isb", "officer": "r.roy"}, sandbox=True))
    assert proven.actor.identified is Identified.STATED


def test_a_token_is_for_its_client_and_its_officer_alone(commands: Commands) -> None:
    async def run() -> None:
        tokens = await sign_in(commands)
        for stated, code in (
            ({"officer": "p.singh"}, "another-officer"),
            ({"unit": "ircc-work-permits"}, "another-unit"),
        ):
            with pytest.raises(IdentityError) as told:
                await who(commands, {"token": tokens.identity, **stated})
            assert told.value.code == code
        other = declared_of(commands).model_copy(update={"command_client_id": "isa-console"})
        provider = command_provider(other, 10)
        with pytest.raises(TokenRefusedError):
            await provider.verified(tokens.identity)
        await provider.close()

    asyncio.run(run())


def test_a_person_without_a_role_is_told_so(commands: Commands) -> None:
    async def run() -> None:
        tokens = await sign_in(commands, NOBODY)
        with pytest.raises(ProofError) as told:
            await who(commands, {"token": tokens.identity})
        assert told.value.code == "sign-in-nobody"

    asyncio.run(run())


def test_who_says_no_at_the_provider_is_signed_in_nowhere(commands: Commands) -> None:
    with pytest.raises(SignInError) as told:
        asyncio.run(sign_in(commands, deny=True))
    assert told.value.code == "denied"
    assert token_for(str(commands.file)) is None


def test_an_act_that_binds_needs_a_proof_of_the_last_minutes(commands: Commands, house: House) -> None:
    async def run() -> None:
        tokens = await sign_in(commands)
        proof: Any = command_proof(commands.settings, agreements.load().parties)
        later = replace(proof, now=lambda: int(time.time()) + 16 * 60)
        calls = {"person.erase": "sign-in-again", "draft.publish": "sign-in-again", "obligation.list": "call-malformed"}
        try:
            for call, code in calls.items():
                callers = Callers(sign_in=later)
                told = await perform_as(None, call, {"no": 1}, callers, 1, {"token": tokens.identity})  # type: ignore[arg-type]
                assert told["error"]["code"] == code, call
                told = await perform_as(None, call, {"no": 1}, Callers(sign_in=proof), 1, {"token": tokens.identity})  # type: ignore[arg-type]
                assert told["error"]["code"] == "call-malformed", call
            over = replace(proof, now=lambda: int(time.time()) + 9 * 3600)
            with pytest.raises(ProofError) as told_over:
                await over.who(tokens.identity)
            assert told_over.value.code == "sign-in-over"
        finally:
            await proof.close()

    asyncio.run(run())


def test_a_token_that_is_nearly_over_is_refreshed_and_a_sign_out_ends_it(commands: Commands) -> None:
    async def run() -> Tokens:
        return await sign_in(commands)

    tokens = asyncio.run(run())
    assert tokens.refresh is not None
    file = SignInFile(commands.issuer, "isa-commands")
    file.write(KeptSignIn(tokens, int(time.time()) + 5))
    refreshed = token_for(str(commands.file))
    assert refreshed is not None
    assert refreshed != tokens.identity
    proven = asyncio.run(who(commands, {"token": refreshed}))
    assert proven.actor.officer == OFFICER

    async def out() -> None:
        kept = file.read()
        assert kept is not None
        assert kept.tokens.refresh is not None
        provider = command_provider(declared_of(commands), 10)
        await provider.revoke(kept.tokens.refresh)
        with pytest.raises(TokenRefusedError):
            await provider.refreshed(kept.tokens.refresh)
        await provider.close()

    asyncio.run(out())


def test_a_provider_that_is_away_is_said_and_nobody_is_believed(commands: Commands) -> None:
    away = replace(commands.settings, console_file=commands.file.with_name("away.yaml"))
    text = commands.file.read_text("utf-8").replace(commands.issuer, f"http://127.0.0.1:{free_port()}")
    assert away.console_file is not None
    away.console_file.write_text(text, "utf-8")
    with pytest.raises(ProofError) as told:
        asyncio.run(who(replace(commands, settings=away), {"token": "e30.e30.AAAA"}))
    assert told.value.code == "sign-in-away"


@pytest.mark.parametrize("damage", ["mode", "link", "text", "shape", "absent"])
def test_a_kept_sign_in_is_the_owners_alone_and_whole(commands: Commands, damage: str, tmp_path: Path) -> None:
    file = SignInFile(commands.issuer, "isa-commands")
    file.write(KeptSignIn(Tokens("a.b.c", None), int(time.time()) + 600))
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.read() is not None
    match damage:
        case "mode":
            file.path.chmod(0o640)
        case "link":
            moved = tmp_path / "elsewhere.json"
            file.path.rename(moved)
            file.path.symlink_to(moved)
        case "text":
            file.path.write_bytes(b"\xff{")
        case "shape":
            file.path.write_text(json.dumps({"identity": 1, "refresh": None, "until": 0}), "utf-8")
        case _:
            file.forget()
            file.forget()
    assert file.read() is None
    assert token_for(str(commands.file)) is None


def test_commands_beside_a_running_gateway_from_sign_in_to_sign_out(
    commands: Commands, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No option says who acts, and none is believed."""
    folder = tmp_path_factory.mktemp("live")
    made = deploy(folder, workers=50, console_file=commands.file, sandbox=False)
    monkeypatch.setenv("ISA_GATEWAY_STAFF_SOCKET", str(made.settings.staff_socket))
    monkeypatch.setenv("ISA_GATEWAY_CONSOLE_FILE", str(commands.file))
    worker = made.landmarks["protection_case"]

    def run(*words: str, said: str | None = None) -> Ran:
        told = CliRunner().invoke(app, list(words), input=said, env={"COLUMNS": "160", "NO_COLOR": "1"})
        if told.exception is not None and not isinstance(told.exception, GatewayError | SystemExit):
            raise told.exception
        return Ran(told.exit_code, told.stdout, f"{told.stderr}{told.exception or ''}")

    with made.start() as live:
        for lang, told in (("en", "gateway sign-in"), ("fr", "ouvrez d'abord une session")):
            refused = run("hold", "list", "--lang", lang)
            assert refused.code == 1
            assert told in refused.err
        signed = signed_in_by_command(run)
        assert "r.roy" in signed.out
        assert "esdc-isb" in signed.out
        uci = f"{worker['value']}\n"
        placed = run("hold", "place", "litigation", "--scheme", "uci", said=uci)
        assert placed.code == 0, placed.err
        assert "another" not in placed.out
        refused = run("hold", "place", "litigation", "--scheme", "uci", "--officer", "p.singh", said=uci)
        assert "leave --officer out" in refused.err
        assert "Signed out" in run("sign-out").out
        assert "Nobody" in run("sign-out").out
        assert run("hold", "place", "litigation", "--scheme", "uci", said=uci).code == 1
        assert not any(part in live.output() for part in ("eyJ", worker["value"]))


def signed_in_by_command(run: Callable[..., Ran]) -> Ran:
    """`gateway sign-in` in a thread of its own, and the person at a browser."""
    shown = queue.Queue[str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sign_in_command, "_show", lambda code, _lang: shown.put(code.complete or ""))
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(run, "sign-in")
            asyncio.run(in_browser(shown.get(timeout=20), OFFICER))
            return done.result(timeout=60)
