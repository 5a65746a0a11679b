"""The two servers: started on a free loopback port, ready when they say so, weighed, and stopped."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
# That the load generator holds open.
CONNECTIONS = 32
START_WITHIN = 60.0
STOP_WITHIN = 15.0


class Stopped(Exception):
    """The benchmark cannot go on; the sentence says why."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def environment() -> dict[str, str]:
    """Ours, without what would point a server to somebody's data."""
    ours = {name for name in os.environ if name.startswith("TAKT_") and name != "TAKT_SITE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    for name in ("DATABASE_URL", "JWT_SECRET_KEY"):
        kept.pop(name, None)
    return kept


class Server:
    """A server that runs as long as the `with` that holds it."""

    name: str
    folder: Path

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return environment()

    def __enter__(self) -> Server:
        self.port = free_port()
        with open(self.folder / "log", "ab") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen(
                self.command(),
                env=self.environment(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        try:
            while not self._is_ready():
                if self.process.poll() is not None:
                    raise Stopped(f"{self.name} ended while it started:\n{self.last_words()}")
                if time.perf_counter() - began > START_WITHIN:
                    raise Stopped(f"{self.name} was not ready within {START_WITHIN:.0f} s:\n{self.last_words()}")
                time.sleep(0.001)
        except BaseException:
            self.__exit__()
            raise
        self.started_in = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        """Asks it to end, and ends it where it does not; by its process id."""
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            for pid in self.pids()[1:]:
                os.kill(pid, 9)
            self.process.kill()
            self.process.wait()

    def _is_ready(self) -> bool:
        try:
            return self.ask("GET", "/ready")[0] == 200
        except (OSError, http.client.HTTPException, ValueError):
            return False

    def last_words(self) -> str:
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-20:])

    def ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> tuple[int, Any]:
        """Status and JSON of one answer."""
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def expect(self, status: int, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """The JSON of an answer that has to have this status."""
        got, answer = self.ask(method, path, body, token)
        if got != status:
            raise Stopped(f"{self.name} answered {method} {path} with {got} in place of {status}: {str(answer)[:500]}")
        return answer

    def settle(self) -> None:
        """Waits until all of it is there, beyond what the first answer needed."""
        time.sleep(1)

    def pids(self) -> list[int]:
        """The process, and those that it started."""
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            children = []
        return [pid, *map(int, children)]

    def memory(self) -> float:
        """MiB: resident pages; one that several processes share counts once in all (PSS)."""
        kilobytes = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        return kilobytes / 1024


class Takt(Server):
    name = "Takt"

    def __init__(self, binary: Path, folder: Path, flags: list[str]):
        self.binary, self.folder, self.flags = binary, folder, flags

    def command(self) -> list[str]:
        data = str(self.folder / "data")
        return [str(self.binary), "serve", "--addr", f"{HOST}:{self.port}", "--data-dir", data, *self.flags]


class Flask(Server):
    name = "Flask"
    workers = 2

    def __init__(self, python: Path, folder: Path, threads: int):
        self.python, self.folder, self.threads = python, folder, threads
        self.secret = secrets.token_hex(48)

    def command(self) -> list[str]:
        return [str(self.python.with_name("gunicorn")), "--config", str(HERE / "flask/gunicorn.conf.py")]

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "PYTHONPATH": str(HERE / "flask"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
            "BENCH_BIND": f"{HOST}:{self.port}",
            "BENCH_WORKERS": str(self.workers),
            "BENCH_THREADS": str(self.threads),
            "BENCH_CONNECTIONS": str(CONNECTIONS // self.workers + 2),
            "BENCH_DATABASE": str(self.folder / "flask.sqlite3"),
            "BENCH_SECRET": self.secret,
        }

    def settle(self) -> None:
        super().settle()
        until = time.perf_counter() + START_WITHIN
        while len(self.pids()) <= self.workers:
            if time.perf_counter() > until:
                raise Stopped(f"gunicorn has not started its {self.workers} workers:\n{self.last_words()}")
            time.sleep(0.05)

    def fill(self, rows: dict[str, Any]) -> None:
        """Writes the rows straight into the database; no server runs meanwhile."""
        self.port = 0
        done = subprocess.run(
            [str(self.python), str(HERE / "flask/seed.py")],
            env=self.environment(),
            cwd=self.folder,
            input=json.dumps(rows).encode(),
            capture_output=True,
        )
        if done.returncode:
            raise Stopped(f"the Flask application's database could not be filled:\n{done.stderr.decode()[-2000:]}")
