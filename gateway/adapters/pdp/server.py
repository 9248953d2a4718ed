"""The policy engine of a production deployment: an OPA server, over its REST API.

`start` pushes the Rego sources that the server lacks and the data, reads both back and compares them. Every answer
carries the revision the server holds, so that a policy exchanged behind the gateway's back stops decisions rather than
changing them. While one gateway pushes, the revision is blank and the others get no decision. A server that was
restarted lost the data; it is given everything again, and answers fail until then. Fails closed: `PolicyEngineError`.
Does not start or supervise the server.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from opa_client import AsyncOpaClient
from opa_client.errors import PathNotFoundError, PolicyNotFoundError, RegoParseError

from gateway.adapters.pdp.document import InputWriter
from gateway.adapters.pdp.revision import PolicySources
from gateway.adapters.pdp.translate import translate
from gateway.domain.decision import Decision
from gateway.domain.errors import ConfigurationError, PolicyEngineError
from gateway.service.ports import DecisionQuery

FOLDER: Final = "information-sharing"
"""Below it the server keeps the modules; one started on such a folder of the same files need not be pushed anything."""
_ANSWER: Final = "sharing_answer"
_ANSWER_MODULE: Final = f"""package {_ANSWER}

answer := {{"revision": data.information_sharing.revision, "decision": data.sharing.decision}}
"""
_PREPARE_SECONDS: Final = 30
"""For one step of a push."""
_IMPORT: Final = re.compile(r"^import data\.(\S+)$", re.MULTILINE)
_PACKAGE: Final = re.compile(r"^package (\S+)$", re.MULTILINE)
_FAILURES: Final = (
    aiohttp.ClientError,
    TimeoutError,
    OSError,
    ValueError,
    KeyError,
    CycleError,
    RegoParseError,
    PathNotFoundError,
    PolicyNotFoundError,
)


class OpaServerEngine:
    """A `PolicyEngine` that asks the OPA server at `url` (`http://host:port` or `https://host:port`).

    `timeout` is in seconds and covers one request. Call `start` before the first decision and `close` at the end.
    """

    def __init__(
        self,
        url: str,
        sources: PolicySources,
        data: Mapping[str, Any],
        *,
        token: str | None = None,
        timeout: float = 1.5,
    ) -> None:
        """Raises ConfigurationError where the URL is not of that form."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ConfigurationError("the policy engine's URL must be http(s)://host:port")
        client: Any = AsyncOpaClient  # the library is not typed
        where = {
            "host": parts.hostname,
            "port": parts.port or (443 if parts.scheme == "https" else 8181),
            "ssl": parts.scheme == "https",
            "token": token,
            "retries": 0,
        }
        self._client = client(**where, timeout=timeout)
        # The server compiles the whole policy after each module it is given, which takes longer than any decision may.
        self._preparing = client(**where, timeout=_PREPARE_SECONDS)
        self._modules = {f"{FOLDER}/{path}": text for path, text in sources.modules.items()}
        self._modules[f"{FOLDER}/answer.rego"] = _ANSWER_MODULE
        self._data = dict(data)
        self._revision = sources.revision(data)
        self._inputs = InputWriter()
        self._started = False
        self._lost = False
        self._restoring: asyncio.Task[None] | None = None

    @property
    def revision(self) -> str:
        return self._revision

    async def start(self) -> None:
        """Push policy and data, and verify what the server then holds.

        Raises PolicyEngineError.
        """
        try:
            await self._client.__aenter__()
            await self._preparing.__aenter__()
            await self._prepare()
        except _FAILURES as error:
            await self.close()
            raise PolicyEngineError(f"the policy server could not be prepared ({type(error).__name__})") from None
        except PolicyEngineError:
            await self.close()
            raise
        self._started = True

    async def _prepare(self) -> None:
        await self._hold("")
        await self._push()
        await self._verify()
        await self._hold(self._revision)
        # The first question costs the server a plan of the whole policy; no request of a partner should wait for that.
        await self._preparing.query_rule({}, _ANSWER, "answer")

    async def _hold(self, revision: str) -> None:
        await self._preparing.update_or_create_data({"revision": revision}, "information_sharing")

    async def _push(self) -> None:
        names = [name for name in await self._preparing.get_policies_list() if name.startswith(f"{FOLDER}/")]
        held = {name: (await self._preparing.get_policy(name))["result"]["raw"] for name in names}
        # The server compiles after every change, so that what a module uses has to be there before it, and after.
        if not held.items() <= self._modules.items():
            for name in reversed(_in_order(held)):
                await self._preparing.delete_policy(name)
            held = {}
        for name in _in_order(self._modules):
            if name not in held:
                await self._preparing.update_policy_from_string(self._modules[name], name, rego_compat=False)
        for name, document in self._data.items():
            await self._preparing.update_or_create_data(document, name)

    async def _verify(self) -> None:
        for name, text in self._modules.items():
            held = await self._preparing.get_policy(name)
            if held["result"]["raw"] != text:
                raise PolicyEngineError("the policy server holds another policy than was pushed")
        for name, document in self._data.items():
            held = await self._preparing.get_data(name)
            if held["result"] != document:
                raise PolicyEngineError("the policy server holds other data than was pushed")

    async def decide(self, query: DecisionQuery) -> Decision:
        return translate(await self.evaluate(self._inputs.write(query)), query, self._revision)

    async def evaluate(self, document: str) -> Any:
        """The policy's output for an input document.

        Raises PolicyEngineError.
        """
        if not self._started:
            raise PolicyEngineError("the policy server was not prepared")
        try:
            answer = await self._client.query_rule(json.loads(document), _ANSWER, "answer")
        except _FAILURES as error:
            raise PolicyEngineError(f"the policy server did not answer ({type(error).__name__})") from None
        if answer == {} or (self._lost and _is_blank(answer)):
            self._restore_soon()
            raise PolicyEngineError("the policy server lost the policy; it is being given it again")
        try:
            revision, decision = answer["result"]["revision"], answer["result"]["decision"]
        except (KeyError, TypeError):
            raise PolicyEngineError("the policy server gave no decision") from None
        if revision != self._revision:
            raise PolicyEngineError("the policy server holds another revision than this gateway")
        return decision

    async def ready(self) -> None:
        """Raises PolicyEngineError where it would not decide."""
        await self.evaluate("{}")

    def _restore_soon(self) -> None:
        """One restoration at a time, beside the requests; where it fails, the next request begins another."""
        self._lost = True
        if self._restoring is None or self._restoring.done():
            self._restoring = asyncio.get_running_loop().create_task(self._restore())

    async def _restore(self) -> None:
        with contextlib.suppress(*_FAILURES, PolicyEngineError):
            await self._prepare()
            self._lost = False

    async def close(self) -> None:
        self._started = False
        if self._restoring is not None:
            self._restoring.cancel()
            await asyncio.gather(self._restoring, return_exceptions=True)
        await self._client.close_connection()
        await self._preparing.close_connection()


def _is_blank(answer: Any) -> bool:
    """Whether the server holds the mark of a push that has not ended."""
    result = answer.get("result") if isinstance(answer, dict) else None
    return isinstance(result, dict) and result.get("revision") == ""


def _in_order(modules: Mapping[str, str]) -> list[str]:
    """The modules' names, each after those whose packages it imports."""
    by_package = {_package(text): name for name, text in modules.items()}
    uses = {
        name: {by_package[used] for used in _IMPORT.findall(text) if used in by_package}
        for name, text in modules.items()
    }
    return list(TopologicalSorter(uses).static_order())


def _package(text: str) -> str:
    found = _PACKAGE.search(text)
    return found[1] if found else ""
