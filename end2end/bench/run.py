"""Measures Takt beside the same API in Flask, on this machine, and prints tables. `make bench` calls it.

It starts both servers on free loopback ports with data of their own, fills them with the same rows, makes sure that
they answer the same, and asks one after the other. It ends by itself, and so does what it started.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import plans
import report
from servers import CONNECTIONS, HERE, HOST, Flask, Server, Stopped, Takt

WARM_UP = 2
RUNS = 3
STARTS = 5
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


# Load.


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


def measure(server: Server, case: Case, seconds: int) -> dict[str, float]:
    """The median of several runs, figure by figure, after a warm-up."""
    load(server, case, WARM_UP, 0)
    runs = [load(server, case, seconds, turn) for turn in range(1, RUNS + 1)]
    rates = ", ".join(f"{run['rate']:.0f}" for run in runs)
    say(f"  {server.name}, {case.title}: {rates} a second")
    return {figure: statistics.median(run[figure] for run in runs) for figure in runs[0]}


def measure_all(server: Server, asked: list[Case], seconds: int) -> dict[str, Any]:
    """Memory at rest, every case, and memory after."""
    with server:
        server.settle()
        at_rest = server.memory()
        figures = {case.title: measure(server, case, seconds) for case in asked}
        return {"cases": figures, "at rest": at_rest, "after": server.memory()}


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


def start_time(server: Server) -> float:
    """Milliseconds from the call to the first good answer of /ready; the data is there and was read before."""
    times = []
    for _ in range(STARTS):
        with server:
            times.append(server.started_in * 1e3)
    return statistics.median(times)


def schedule_time(takt: Path, table: Path) -> float:
    """Milliseconds for the whole command: reading the file, scheduling, printing every row."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        done = subprocess.run([takt, "schedule", table], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        times.append((time.perf_counter() - began) * 1e3)
        if done.returncode:
            raise Stopped(f"takt schedule failed: {done.stderr[:500]}")
    return statistics.median(times)


# Before the load.


def check_same(takt: Server, flask: Server, asked: list[Case]) -> None:
    """Both give the same rows, value for value; a new task differs only in its id."""
    ours, theirs = plans.log_in(takt), plans.log_in(flask)
    for case in asked:
        path = case.paths[0].replace("{phrase}", plans.PHRASE.title().replace(" ", "%20"))
        body = json.loads(case.body) if case.body else None
        status, left = takt.ask(case.method, path, body, ours)
        other, right = flask.ask(case.method, path, body, theirs)
        if (status, other) not in ((200, 200), (201, 201)):
            said = f"{str(left)[:300]} / {str(right)[:300]}\n{flask.last_words()}"
            raise Stopped(f"{case.title}: Takt answers {status}, Flask {other}: {said}")
        if case.signed_in:
            for answer in (left, right):
                if case.body:
                    answer["id"] = answer["rank"] = None
            same, what = left == right, difference(left, right)
        else:
            same, what = left.keys() == right.keys() and left["user"] == right["user"], "other fields"
        if not same:
            raise Stopped(f"{case.title}: the answers differ: {what}")
        for name, count in (("projects", plans.PROJECTS), ("tasks", plans.TASKS)):
            if name in left and len(left[name]) != count:
                raise Stopped(f"{case.title}: {len(left[name])} rows in place of {count}")
    say("  Both answer the same, value for value.")


def difference(left: Any, right: Any, at: str = "") -> str:
    """Where two answers part, for whoever has to mend it."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            if left.get(key) != right.get(key) or (key in left) != (key in right):
                return difference(left.get(key), right.get(key), f"{at}.{key}")
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, pair in enumerate(zip(left, right)):
            if pair[0] != pair[1]:
                return difference(*pair, f"{at}[{index}]")
    return f"{at}: {str(left)[:120]} / {str(right)[:120]}"


def python_with_flask(cache: Path) -> Path:
    """An environment of its own outside the clone, made once for these versions."""
    wanted = HERE / "flask/requirements.txt"
    key = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:16]
    place = cache / f"flask-{key}"
    python = place / "bin/python"
    if not (place / ".complete").exists():
        say("Installing Flask and what goes with it …")
        shutil.rmtree(place, ignore_errors=True)
        for command in (
            [sys.executable, "-m", "venv", str(place)],
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted)],
        ):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                raise Stopped(f"Flask could not be installed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
        (place / ".complete").touch()
    return python


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    parser = argparse.ArgumentParser(description="Takt beside the same API in Flask.")
    parser.add_argument("--takt", type=Path, default=target / "release/takt", help="the binary that is measured")
    parser.add_argument("--seconds", type=int, default=10, help="length of a run; there are three for each case")
    parser.add_argument("--threads", type=int, help="threads of each gunicorn worker; tried out when absent")
    parser.add_argument("--only", default="", help="only cases whose title contains this text")
    parser.add_argument("--serve-flags", type=shlex.split, default=[], help="further flags for `takt serve`")
    parser.add_argument("--record", action="store_true", help="write the tables into docs/benchmarks.md")
    given = parser.parse_args()
    if given.record and (given.seconds < 10 or given.only):
        parser.error("what is recorded is measured whole: 10 seconds a run or more, and every case")
    return given


def run(given: argparse.Namespace, cache: Path, folder: Path) -> str:
    if not given.takt.is_file():
        raise Stopped(f"{given.takt} is not there; scripts/build makes it")
    python = python_with_flask(cache)
    for name in ("takt", "flask"):
        (folder / name).mkdir()
    # A copy: the binary may be built anew while we measure.
    binary = Path(shutil.copy2(given.takt, folder / "takt/takt"))
    takt = Takt(binary, folder / "takt", given.serve_flags)
    flask = Flask(python, folder / "flask", given.threads or 2)

    say("Filling both with 50 projects, one of them with 1,000 tasks …")
    with takt:
        plans.fill_takt(takt)
        rows = plans.rows_of(takt)
        flask.fill(rows)
        asked = cases(rows)
        with flask:
            check_same(takt, flask, asked)
    asked = [case for case in asked if given.only.lower() in case.title.lower()]
    if not asked:
        raise Stopped(f"no case is called by '{given.only}'")
    if given.threads is None:
        say("Trying out gunicorn …")

        def with_threads(threads: int) -> Server:
            flask.threads = threads
            return flask

        flask.threads = best_threads(with_threads, cases(rows)[0], given.seconds)
    say("Starting each five times …")
    started = {server.name: start_time(server) for server in (takt, flask)}
    say("Asking …")
    measured = {server.name: measure_all(server, asked, given.seconds) for server in (takt, flask)}
    say("Scheduling …")
    scheduled = {}
    for tasks in (1_000, 10_000):
        plans.write_table(folder / f"{tasks}.csv", tasks)
        scheduled[tasks] = schedule_time(binary, folder / f"{tasks}.csv")
    shape = f"{flask.workers} workers × {flask.threads} threads"
    return report.tables(measured, started, scheduled, shape, given.seconds)


def main() -> int:
    # Whoever ends us ends what we started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = arguments()
    if not shutil.which("wrk"):
        say("takt: wrk is missing; scripts/setup bench installs it")
        return 1
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "takt/bench"
    cache.mkdir(parents=True, exist_ok=True)
    try:
        # Beside the cache rather than in the system's temporary folder, which may be memory: promises to keep what was
        # written would cost nothing there.
        with tempfile.TemporaryDirectory(dir=cache, prefix="run-") as folder:
            text = run(given, cache, Path(folder))
    except Stopped as why:
        say(f"takt: {why}")
        return 1
    print(text)
    if given.record:
        report.record(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
