"""How long the load over all projects takes at 50 projects of 1,000 rows: `python3 end2end/bench/workload.py BINARY`.

Fills a server of its own in a folder that it removes, on the loopback alone, and prints a table for docs/benchmarks.md.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any, Callable

from plans import EMAIL, PASSWORD, ROWS_OF_A_DIE, TASKS, log_in, monday, plan
from servers import Takt

PROJECTS, MACHINES, PEOPLE = 50, 40, 20
LOAD = "/api/v1/projects/resources/load"


def fill(takt: Takt) -> dict[str, Any]:
    registration = {
        "organization_name": "Bench Pressworks",
        "owner_name": "Olga Owner",
        "owner_email": EMAIL,
        "owner_password": PASSWORD,
        "industry": "press_shop",
    }
    token = takt.expect(201, "POST", "/api/v1/auth/register", registration)["access_token"]
    people = []
    for number in range(PEOPLE):
        person = {"name": f"Person {number:02}", "email": f"p{number}@bench.example", "role": "employee", "password": PASSWORD}
        people.append(takt.expect(201, "POST", "/api/v1/people", person, token)["id"])
    machines = [str(uuid.uuid4()) for _ in range(MACHINES)]
    for number, machine in enumerate(machines):
        takt.expect(200, "PUT", f"/api/v1/resources/{machine}", {"kind": "machine", "name": f"Machine {number:02}"}, token)
    for name in ("Toolroom", "Press shop", "Quality", "Purchasing"):
        department = {"kind": "department", "name": name, "capacity": 20_000}
        takt.expect(200, "PUT", f"/api/v1/resources/{uuid.uuid4()}", department, token)
    some = {}
    for number in range(PROJECTS):
        project = {"name": f"Die set {number:02}", "start_date": monday(-10), "status": ("planned", "active")[number % 2]}
        made = takt.expect(201, "POST", "/api/v1/projects", project, token)
        operation = plan(TASKS // ROWS_OF_A_DIE, people[0])
        for place, task in enumerate(operation["tasks"]):
            if task["type"] == "task":
                task["assignees"] = [people[(place + number) % PEOPLE]]
                task["assignments"] = [{"resource_id": machines[(place * 7 + number) % MACHINES], "units": 100}]
                # Dies one after another, so that work lies in three years rather than in one.
                task["progress"] = 0
        takt.expect(200, "POST", f"/api/v1/projects/{made['id']}/operations", {"operations": [operation]}, token)
        task = next(task for task in operation["tasks"] if task["type"] == "task")
        some = {"project": made["id"], "task": task["id"], "machine": machines[0]}
    return some


def timed(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def measure(takt: Takt, some: dict[str, Any]) -> list[tuple[str, float]]:
    token = log_in(takt)
    get = lambda path: takt.expect(200, "GET", path, token=token)
    often = lambda act, times=9: statistics.median(timed(act) for _ in range(times))
    days = f"{LOAD}?from={monday(0)}"
    rows = [("28 days, the first question after a start", timed(lambda: get(days)))]
    rows.append(("28 days, 50 rows", often(lambda: get(days))))
    rows.append(("400 days, 50 rows", often(lambda: get(f"{days}&to={last(399)}"))))
    rows.append(("12 months, 50 rows", often(lambda: get(f"{days}&step=month"))))
    rows.append(("28 days, only the overbooked", often(lambda: get(f"{days}&over=true"))))

    def changed(number: int) -> float:
        patch = {"name": f"Clarify {number}"}
        takt.expect(200, "PATCH", f"/api/v1/projects/{some['project']}/tasks/{some['task']}", patch, token)
        return timed(lambda: get(days))

    rows.append(("28 days, after a task of 1,000 was changed", statistics.median(changed(number) for number in range(9))))
    parts = f"/api/v1/projects/resources/{some['machine']}/load?from={monday(0)}&to={last(6)}"
    rows.append(("What a week of a machine is made of", often(lambda: get(parts))))
    rows.append(("Bookings of others, for one project", often(lambda: get(f"/api/v1/projects/{some['project']}/bookings"))))
    rows.append(("Memory of the server, MiB", takt.memory()))
    return rows


def last(days: int) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(monday(0)) + timedelta(days=days)).isoformat()


def main() -> None:
    binary = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="takt-workload-") as folder:
        takt = Takt(binary, Path(folder), ["--limit-person", "0"])
        with takt:
            some = fill(takt)
        with takt:
            rows = measure(takt, some)
    print("| Question | ms |\n|---|---:|")
    for name, value in rows:
        print(f"| {name} | {value:.0f} |")


if __name__ == "__main__":
    main()
