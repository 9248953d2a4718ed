"""The embedded policy engine: the compiled module, run in this process.

Invariant 3: anything but a decision is a `PolicyEngineError`; a runaway evaluation is stopped. One evaluation takes
some tenths of a millisecond of CPU and runs where it is called, because handing it to a thread would cost more.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final, Protocol

from opapywasm import OpaWasmError, OpaWasmPolicy, PolicyConfig

from gateway.adapters.pdp.document import InputWriter
from gateway.adapters.pdp.memory import within_offer
from gateway.adapters.pdp.revision import ENTRYPOINT, PolicyFilesError
from gateway.adapters.pdp.translate import translate
from gateway.domain.decision import Decision
from gateway.domain.errors import PolicyEngineError
from gateway.service.ports import DecisionQuery

_LIMITS: Final = PolicyConfig(
    pool_size=2,
    default_entrypoint=ENTRYPOINT,
    borrow_timeout_seconds=1.0,
    strict_result=True,
    max_input_bytes=500_000,
    max_result_bytes=500_000,
    parse_raw_json_input=False,
    max_memory_pages=1024,
    eval_timeout_seconds=1.0,
)


class CompiledPolicy(Protocol):
    """`PolicySources` of this installation, or a policy that was kept."""

    def revision(self, data: Mapping[str, Any], /) -> str: ...

    def module(self) -> bytes:
        """Raises PolicyFilesError."""


class WasmEngine:
    """A `PolicyEngine` over the compiled module of `sources` with `data`."""

    def __init__(self, sources: CompiledPolicy, data: Mapping[str, Any]) -> None:
        """Raises PolicyFilesError where the module is stale or cannot be loaded."""
        self._revision = sources.revision(data)
        self._inputs = InputWriter()
        # The library warns, past our own log, when the module asks for more than its first guess of memory and gets it.
        logging.getLogger("opapywasm").setLevel(logging.ERROR)
        try:
            self._policy = OpaWasmPolicy.from_wasm_bytes(within_offer(sources.module()), _LIMITS)
            self._policy.set_data(dict(data))
        except OpaWasmError as error:
            raise PolicyFilesError(f"the compiled policy cannot be loaded ({type(error).__name__})") from None

    @property
    def revision(self) -> str:
        return self._revision

    async def decide(self, query: DecisionQuery) -> Decision:
        return translate(self.evaluate(self._inputs.write(query)), query, self._revision)

    def evaluate(self, document: str) -> Any:
        """The policy's output for an input document.

        Raises PolicyEngineError.
        """
        try:
            return self._policy.evaluate(document)
        except (OpaWasmError, ValueError) as error:
            raise PolicyEngineError(f"the policy could not be evaluated ({type(error).__name__})") from None

    async def start(self) -> None:
        """Nothing to do: it is ready as soon as it is made."""

    async def ready(self) -> None:
        """Raises PolicyEngineError where it would not decide."""
        self.evaluate("{}")

    async def close(self) -> None:
        self._policy.close()
