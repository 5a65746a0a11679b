"""Measures Takt beside the same API in Flask, on this machine, and prints tables. `make bench` calls it.

It starts both servers on free loopback ports with data of their own, fills them with the same rows, makes sure that
they answer the same, and asks them in turns. It ends by itself, and so does what it started.
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
from pathlib import Path
from typing import Any

import plans
import report
from load import Case, best_threads, cases, measure_all, say
from servers import HERE, Flask, Server, Stopped, Takt

STARTS = 5
# The part of the machine that others may use meanwhile.
BUSY = 0.1
NOT_QUIET = "what is recorded is measured on a machine that does nothing else"


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


def taken_by_others() -> float:
    """The part of the machine that is in use while all that we started rests."""

    def spent() -> tuple[int, int]:
        ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return sum(ticks), ticks[3] + ticks[4]

    before = spent()
    time.sleep(2)
    after = spent()
    return 1 - (after[1] - before[1]) / (after[0] - before[0])


def is_quiet() -> bool:
    """Figures from a busy machine are wrong; they are shown, but not recorded."""
    taken = taken_by_others()
    if taken > BUSY:
        say(f"takt: {taken:.0%} of this machine is in use by something else, so the figures are too low.")
    return taken <= BUSY


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


def arguments() -> argparse.Namespace:
    target = Path(os.environ.get("CARGO_TARGET_DIR", "target"))
    parser = argparse.ArgumentParser(description="Takt beside the same API in Flask.")
    parser.add_argument("--takt", type=Path, default=target / "release/takt", help="the binary that is measured")
    parser.add_argument("--seconds", type=int, default=10, help="length of a run; there are three for each case")
    parser.add_argument("--threads", type=int, help="threads of each gunicorn worker; tried out when absent")
    parser.add_argument("--only", default="", help="only cases whose title contains this text")
    parser.add_argument("--serve-flags", type=shlex.split, default=["--bench"], help="flags for `takt serve`; usually without limits")
    parser.add_argument("--record", action="store_true", help="write the tables into docs/benchmarks.md")
    given = parser.parse_args()
    if given.record and (given.seconds < 10 or given.only):
        parser.error("what is recorded is measured whole: 10 seconds a run or more, and every case")
    return given


def run(given: argparse.Namespace, cache: Path, folder: Path) -> tuple[str, bool]:
    """The tables, and whether the machine did nothing else."""
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
    if not is_quiet() and given.record:
        raise Stopped(NOT_QUIET)
    measured = measure_all(takt, flask, asked, given.seconds)
    quiet = is_quiet()
    say("Scheduling …")
    scheduled = {}
    for tasks in (1_000, 10_000):
        plans.write_table(folder / f"{tasks}.csv", tasks)
        scheduled[tasks] = schedule_time(binary, folder / f"{tasks}.csv")
    shape = f"{flask.workers} workers × {flask.threads} threads"
    return report.tables(measured, started, scheduled, shape, given.seconds), quiet


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
            text, quiet = run(given, cache, Path(folder))
        print(text)
        if given.record and not quiet:
            raise Stopped(NOT_QUIET)
        if given.record:
            report.record(text)
    except Stopped as why:
        say(f"takt: {why}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
