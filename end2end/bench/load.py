"""The cases, and asking for them as often as a server answers."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Callable, Sequence

import plans
from servers import CONNECTIONS, HERE, HOST, Server, Stopped

WARM_UP = 2
RUNS = 3
# Numbers that one run may use up before the next begins; the letters of the phrase make 2^22.
NUMBERS = 1_000_000


@dataclass(frozen=True)
class Case:
    """One kind of request."""

    title: str
    paths: tuple[str, ...]
    body: str | None = None
    signed_in: bool = True

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"


def cases(rows: dict[str, Any]) -> list[Case]:
    """Lists first: creating tasks makes them longer."""
    ids = [row["id"] for row in rows["projects"]]
    large, others = ids[0], ids[1:]
    projects, tasks = f"/api/v1/projects?limit={plans.PROJECTS}", f"/api/v1/projects/{large}/tasks?limit={plans.TASKS}"
    draft = {"name": "Deburr part #", "duration_minutes": 480, "department": "Toolroom"}
    credentials = {"email": plans.EMAIL, "password": plans.PASSWORD}
    return [
        Case("List of 50 projects", (projects,)),
        Case("List of 50 projects, found by a new search", (projects + "&search={phrase}",)),
        Case("List of 1,000 tasks", (tasks,)),
        Case("List of 1,000 tasks, found by a new search", (tasks + "&search={phrase}",)),
        Case("Create a task", tuple(f"/api/v1/projects/{id}/tasks" for id in others), json.dumps(draft)),
        Case("Log in", ("/api/v1/auth/login",), json.dumps(credentials), signed_in=False),
    ]


def load(server: Server, case: Case, seconds: int, turn: int) -> dict[str, float]:
    """One run of one case. A single answer that is no success spoils it."""
    given = {"METHOD": case.method, "PATHS": " ".join(case.paths), "FIRST": str(turn * NUMBERS), "PHRASE": plans.PHRASE}
    if case.body:
        given["BODY"] = case.body
    if case.signed_in:
        given["TOKEN"] = plans.log_in(server)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(HERE / "load.lua"),
         f"http://{HOST}:{server.port}"],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
    )  # fmt: skip
    lines = [line.removeprefix("RESULT ") for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if done.returncode or not lines:
        raise Stopped(f"the load generator failed:\n{done.stdout}{done.stderr}")
    got = json.loads(lines[-1])
    if got["refused"] or got["broken"] or not got["requests"]:
        body = json.loads(case.body) if case.body else None
        shown = server.ask(case.method, case.paths[0].replace("{phrase}", ""), body, given.get("TOKEN"))
        raise Stopped(
            f"{server.name}, {case.title}: of {got['requests']} answers {got['refused']} were refusals, and "
            f"{got['broken']} never came. One more request gave {shown[0]}: {str(shown[1])[:300]}\n"
            "If that is a limit on how often one may ask, lift it for the benchmark with --serve-flags."
        )
    took = got["micros"] / 1e6
    return {"rate": got["requests"] / took, "p50": got["p50"] / 1e3, "p99": got["p99"] / 1e3}


def measure(servers: Sequence[Server], case: Case, seconds: int) -> dict[str, dict[str, float]]:
    """The median of several runs, figure by figure, after a warm-up. The servers take turns: what else happens on the
    machine then happens to both."""
    runs: dict[str, list[dict[str, float]]] = {server.name: [] for server in servers}
    for server in servers:
        load(server, case, WARM_UP, 0)
    for turn in range(1, RUNS + 1):
        for server in servers:
            runs[server.name].append(load(server, case, seconds, turn))
    say(f"  {case.title}, a second (memory):")
    for server in servers:
        rates = ", ".join(f"{run['rate']:.0f}" for run in runs[server.name])
        say(f"    {server.name} {rates} ({server.memory():.0f} MiB)")
    return {
        name: {figure: statistics.median(run[figure] for run in own) for figure in own[0]} for name, own in runs.items()
    }


def measure_all(takt: Server, flask: Server, asked: list[Case], seconds: int) -> dict[str, dict[str, Any]]:
    """Memory at rest, every case, and memory after, for each of the two."""
    servers = (takt, flask)
    with takt, flask:
        for server in servers:
            server.settle()
        at_rest = {server.name: server.memory() for server in servers}
        figures = {case.title: measure(servers, case, seconds) for case in asked}
        return {
            server.name: {
                "cases": {title: both[server.name] for title, both in figures.items()},
                "at rest": at_rest[server.name],
                "after": server.memory(),
            }
            for server in servers
        }


def best_threads(make: Callable[[int], Server], case: Case, seconds: int) -> int:
    """How many threads each of gunicorn's workers should have, by trying."""
    rates = {}
    for threads in (1, 2, 4, 8):
        with make(threads) as server:
            server.settle()
            load(server, case, 1, 0)
            rates[threads] = load(server, case, seconds, 1)["rate"]
    say("  threads a worker: " + ", ".join(f"{threads}: {rate:.0f} a second" for threads, rate in rates.items()))
    return max(rates, key=lambda threads: rates[threads])


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
