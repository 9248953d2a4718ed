"""`make bench`: what a disclosure costs, measured in one run and said as ratios.

Three rounds, alternating: (a) a trivial FastAPI route that returns an object of the same size (`echo`; `prebuilt` is
the same with the bytes of the answer made beforehand), (b) the gateway on its embedded defaults, (c) the same source
read directly; each with 1 and with 32 requests in flight. Requests to the gateway are signed beforehand, each with its
own nonce and Idempotency-Key, half about LMIAs and half about clients (a data subject with a key of its own). Progress
goes to standard error; the last line of standard output is one JSON object.

    make bench                       the whole of it (about 12 minutes)
    make bench BENCH="--quick"       fewer requests, 100,000 entries instead of 1,000,000
    make bench BENCH="--steps"       CPU of each step of a permit beside the floor, a table (under a minute)
"""

import argparse
import asyncio
import contextlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from gateway.client.question import Question
from gateway.demo.play import free_port
from gateway.httpsig.keys import SigningKey
from gateway.httpsig.message import RequestMessage, target_uri
from gateway.httpsig.request import sign_request
from tests.bench import growth, steps
from tests.bench.load import Measured, http_request, measure, median
from tests.live import Deployment, LiveGateway, deploy

ROUNDS = 3
IN_FLIGHT = (1, 32)
PATH = "/v1/disclosures"
PREBUILT = "/v1/prebuilt"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Questions:
    """Bodies of questions the world can answer, round and round."""

    def __init__(self, world: Path) -> None:
        with sqlite3.connect(world / "world.db") as database:
            lmias = [row[0] for row in database.execute('SELECT system_file_number FROM "lmia"')]
            clients = [
                row[0]
                for row in database.execute(
                    'SELECT cams_person_reference FROM "employment_services_client" '
                    "WHERE do_not_disclose = 0 AND shared_client = 1"
                )
            ]
        self._about = [self._lmia(value) for value in lmias], [self._client(value) for value in clients]
        self._next = 0

    def take(self, count: int) -> list[tuple[str, bytes]]:
        """The party that asks, and the body."""
        taken = []
        for _ in range(count):
            kind = self._about[self._next % 2]
            taken.append(kind[self._next // 2 % len(kind)])
            self._next += 1
        return taken

    @staticmethod
    def _lmia(value: str) -> tuple[str, bytes]:
        elements = ["decision", "employer_legal_name", "noc_2021", "job_title", "wage_hourly", "positions_remaining"]
        question = Question(
            "esdc-ircc-tfw",
            "lmia-refresh",
            "lmia",
            elements,
            scheme="lmia-system-file-number",
            value=value,
            case_reference="W000000001",
        )
        return "ircc-work-permits", question.body()

    @staticmethod
    def _client(value: str) -> tuple[str, bytes]:
        question = Question(
            "london-icm",
            "milestone-notice",
            "employment-services-client",
            ["milestone", "milestone_date", "milestone_checkpoint"],
            scheme="cams-person-reference",
            value=value,
            case_reference="OW-1",
        )
        return "london-ontario-works", question.body()


def signed(origin: str, port: int, keys: dict[str, SigningKey], asked: list[tuple[str, bytes]]) -> list[bytes]:
    """Requests signed now; their signatures are good for a minute."""
    target, host = target_uri(origin, PATH.encode()), f"127.0.0.1:{port}"
    requests = []
    for number, (party, body) in enumerate(asked):
        headers = [
            (b"content-type", b"application/json"),
            (b"idempotency-key", b"%d-%d" % (time.time_ns(), number)),
        ]
        message = RequestMessage("POST", target, headers, body)
        extra = sign_request(message, keys[party], time.time()).headers
        requests.append(http_request("POST", PATH, [*headers, *extra], body, host))
    return requests


def plain(port: int, asked: list[tuple[str, bytes]], path: str = PATH) -> list[bytes]:
    headers = [(b"content-type", b"application/json")]
    return [http_request("POST", path, headers, body, f"127.0.0.1:{port}") for _, body in asked]


@contextlib.contextmanager
def server(kind: str, what: str) -> Iterator[tuple[int, int]]:
    """A comparison server; its port and process id."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.servers", kind, str(port), what])
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{port}/docs", timeout=2)
                break
            except httpx.HTTPError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def sample_answer(live: LiveGateway, asked: list[tuple[str, bytes]]) -> bytes:
    """The answer of median size among the gateway's answers to a few of the questions."""
    answers = []
    for request in signed(live.settings.origin, live.port, dict(live.keys), asked):
        head, _, body = request.partition(b"\r\n\r\n")
        lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        answer = httpx.post(live.settings.origin + PATH, content=body, headers=lines)
        answer.raise_for_status()
        answers.append(answer.content)
    return sorted(answers, key=len)[len(answers) // 2]


def rounds(world: Path, live: LiveGateway, requests: int) -> dict[tuple[str, int], list[Measured]]:
    questions = Questions(world)
    keys = dict(live.keys)
    answer = sample_answer(live, questions.take(21))
    say(f"the gateway's answers have {len(answer)} bytes")
    (world / "answer.json").write_bytes(answer)
    results: dict[tuple[str, int], list[Measured]] = {}
    with (
        server("echo", str(world / "answer.json")) as (echo_port, echo_pid),
        server("direct", str(world)) as (port, pid),
    ):
        for port_of_kind, pid_of_kind in ((echo_port, echo_pid), (port, pid)):
            measure(port_of_kind, pid_of_kind, plain(port_of_kind, questions.take(500)), 8)
        measure(live.port, live.pid, signed(live.settings.origin, live.port, keys, questions.take(1000)), 8)
        for number in range(ROUNDS):
            for in_flight in IN_FLIGHT:
                count = requests if in_flight > 1 else requests // 4
                asked = questions.take(count)
                ours = signed(live.settings.origin, live.port, keys, asked)
                for kind, measured in (
                    ("echo", measure(echo_port, echo_pid, plain(echo_port, asked), in_flight)),
                    ("prebuilt", measure(echo_port, echo_pid, plain(echo_port, asked, PREBUILT), in_flight)),
                    ("gateway", measure(live.port, live.pid, ours, in_flight)),
                    ("direct", measure(port, pid, plain(port, asked), in_flight)),
                ):
                    results.setdefault((kind, in_flight), []).append(measured)
                    say(
                        f"round {number + 1}, {in_flight:2} in flight, {kind:8} {measured.rate:7.0f}/s  "
                        f"p50 {measured.quantile_milliseconds(0.5):6.2f} ms  "
                        f"p99 {measured.quantile_milliseconds(0.99):6.2f} ms  cpu {measured.cpu_milliseconds:.3f} ms"
                    )
    return results


def summary(results: dict[tuple[str, int], list[Measured]]) -> dict[str, object]:
    said: dict[str, object] = {}
    for (kind, in_flight), runs in sorted(results.items()):
        said[f"{kind}_{in_flight}"] = {
            "requests_per_second": round(median([run.rate for run in runs])),
            "p50_ms": round(median([run.quantile_milliseconds(0.5) for run in runs]), 2),
            "p99_ms": round(median([run.quantile_milliseconds(0.99) for run in runs]), 2),
            "cpu_ms": round(median([run.cpu_milliseconds for run in runs]), 3),
        }
    ours = results["gateway", 32]
    for name, kind in (("ratio_echo", "echo"), ("ratio_prebuilt", "prebuilt"), ("ratio_direct", "direct")):
        rates = [b.rate / other.rate for b, other in zip(ours, results[kind, 32], strict=True)]
        said[name] = round(median(rates), 3)
    cpu = [b.cpu_milliseconds / a.cpu_milliseconds for b, a in zip(ours, results["echo", 32], strict=True)]
    said["cpu_ratio"] = round(median(cpu), 2)
    return said


def growths(large: int) -> dict[str, object]:
    def progress(done: int, of: int) -> None:
        say(f"appended {done:,} of {of:,} entries")

    sizes = asyncio.run(growth.entries(large, progress))
    decided = asyncio.run(growth.decisions())
    ratios = {name: round(sizes["large"][name] / sizes["small"][name], 2) for name in sizes["small"]}
    ratios["decision"] = round(decided[f"decision_{growth.MANY}"] / decided[f"decision_{growth.FEW}"], 2)
    return {
        "entries": {"small": growth.SMALL, "large": large},
        "microseconds": {
            "small": {name: round(value, 1) for name, value in sizes["small"].items()},
            "large": {name: round(value, 1) for name, value in sizes["large"].items()},
            **{name: round(value, 1) for name, value in decided.items()},
        },
        "ratio": ratios,
    }


def of_each_step(folder: Path, deployment: Deployment, requests: int) -> str:
    questions, keys = Questions(folder / "world"), dict(deployment.keys)

    def make(count: int) -> list[bytes]:
        return signed(deployment.settings.origin, deployment.port, keys, questions.take(count))

    whole, spent = steps.measured(deployment.settings, PATH, make, requests)
    return steps.table(whole, spent, steps.floors(folder / "world" / "world.db", folder))


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--quick", action="store_true", help="fewer requests, 100,000 entries")
    parser.add_argument("--skip-growth", action="store_true", help="the servers only")
    parser.add_argument("--steps", action="store_true", help="CPU of each step of a permit, and nothing else")
    parser.add_argument("--workers", type=int, default=100_000, help="workers in the sample world")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="isa-bench-") as folder:
        say(f"inventing {arguments.workers:,} workers")
        deployment = deploy(Path(folder), workers=arguments.workers)
        if arguments.steps:
            print(of_each_step(Path(folder), deployment, 400 if arguments.quick else 1000))
            return
        with deployment.start() as live:
            results = rounds(Path(folder) / "world", live, 2000 if arguments.quick else 8000)
    said = summary(results)
    if not arguments.skip_growth:
        said["growth"] = growths(100_000 if arguments.quick else growth.LARGE)
    print(json.dumps(said))


if __name__ == "__main__":
    main()
