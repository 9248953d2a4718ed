"""Partners that ask while the rulebook changes: real HTTP, every signature and receipt checked.

A lawful refusal says that the agreement is suspended; everything else that is no disclosure, a 503 included, is a
failure. A process that is killed gives no answer, which is neither. Does not: read the log (`tests.storm.checker`).
"""

import asyncio
import contextlib
import itertools
import random
from collections import Counter
from dataclasses import dataclass, field, replace

import httpx

from audit.encoding import from_base64url
from gateway.client.calls import AsyncGateway
from gateway.client.errors import ProblemError, RefusedError
from gateway.client.question import Question
from gateway.deployment.folder import read_signing_key
from tests.live import Deployment
from tests.storm.gateways import Process

SUSPENDED = "agreement-suspended"


@dataclass(slots=True)
class Load:
    """What became of every request. `acknowledged` are the bytes of every entry that an answer was made from."""

    deployment: Deployment
    chance: random.Random
    answers: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    versions: set[tuple[str, str]] = field(default_factory=set)
    began_under: int = 0
    acknowledged: dict[int, bytes] = field(default_factory=dict, repr=False)
    stop: bool = False

    async def run(self, processes: list[Process], clients: int) -> None:
        """`clients` for each process, until `stop`."""
        async with asyncio.TaskGroup() as tasks:
            for process, number in itertools.product(processes, range(clients)):
                tasks.create_task(self._client(process, number))

    async def _client(self, process: Process, number: int) -> None:
        asked = _questions(self.deployment)
        settings = process.settings
        pins = [read_signing_key(settings.response_key).public.keyid]
        vkey = (settings.response_key.parent / "log.vkey").read_text("utf-8").strip()
        async with contextlib.AsyncExitStack() as stack:
            doors = {
                party: await stack.enter_async_context(
                    AsyncGateway(settings.origin, self.deployment.keys[party], pins=pins, log_vkey=vkey, timeout=60)
                )
                for party in {party for party, _ in asked}
            }
            for turn in itertools.count(number):
                if self.stop:
                    return
                place = turn % len(asked)
                party, question = asked[place]
                following = await self._ask(doors[party], question)
                if question.filter is not None:
                    asked[place] = (party, replace(question, cursor=following))

    async def _ask(self, door: AsyncGateway, question: Question) -> str | None:
        """The cursor of the next page, where there is one."""
        try:
            answer = await door.disclose(question)
        except httpx.TransportError:
            self.answers["no answer"] += 1
            await asyncio.sleep(0.1)
        except RefusedError as error:
            codes = {reason["code"] for reason in error.problem.reasons}
            if SUSPENDED in codes:
                self.answers["suspended"] += 1
            else:
                self.failures.append(f"refused: {sorted(codes)}")
        except ProblemError as error:
            self.failures.append(f"{error.problem.status} {error.problem.code} {error.problem.element}")
        else:
            self.answers["disclosed"] += 1
            agreement = answer.decision["agreement"]
            self.versions.add((agreement["id"], agreement["version"]))
            self.began_under += answer.decision.get("began_under") is not None
            entry = from_base64url(answer.receipt.members["entry"])
            if self.acknowledged.setdefault(answer.entry_index, entry) != entry:
                self.failures.append("an index was given twice")
            return answer.next_cursor
        return None


def _questions(deployment: Deployment) -> list[tuple[str, Question]]:
    """Who asks, and questions that are permitted as long as their agreement is in force."""

    def about(name: str) -> dict[str, str]:
        found = deployment.landmarks[name]
        return {"scheme": found["scheme"], "value": found["value"]}

    case = "W000000001"
    return [
        ("ircc-work-permits", Question(
            "esdc-ircc-tfw", "lmia-refresh", "lmia", ["decision", "wage_hourly"], case_reference=case,
            **about("lmia_confirmed"),  # type: ignore[arg-type]
        )),
        ("ircc-work-permits", Question(
            "esdc-ircc-tfw", "open-lmia-list", "open-lmia", ["employer_name", "occupation"], filter={}, limit=2,
        )),
        ("maple-bridge-employment", Question(
            "london-icm", "caseworker-contact", "caseworker-contact", ["caseworker_name", "caseworker_title"],
            case_reference=case, **about("shared_client_caseworker"),  # type: ignore[arg-type]
        )),
        ("on-mlitsd-labour-inspection", Question(
            "esdc-on-labour-findings", "labour-standards-findings", "inspection",
            ["employer_name", "final_decision", "final_decision_date"], case_reference=case,
            **about("final_finding"),  # type: ignore[arg-type]
        )),
    ]  # fmt: skip
