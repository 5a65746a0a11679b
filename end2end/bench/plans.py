"""What both servers hold: 50 projects, one of 1,000 rows, the others of 20; and tables for `takt schedule`."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from servers import Server

EMAIL, PASSWORD = "owner@bench.example", "a-password-for-measuring"
PROJECTS, TASKS = 50, 1_000
# In the name of every project and task, so that a search for it finds them all.
PHRASE = "of the left bracket series"

STEPS = (
    ("Clarify drawing", 2), ("Strip layout", 4), ("Die design", 8), ("Design review", 1), ("Release drawings", 0),
    ("Order tool steel", 2), ("Order standard parts", 1), ("Steel delivery", 10), ("Incoming inspection", 1),
    ("Rough milling", 6), ("Heat treatment", 5), ("Wire erosion", 7), ("Grinding", 4), ("Polishing", 3),
    ("Assemble die set", 4), ("Fit punches", 3), ("Sensor wiring", 2), ("First strokes", 1), ("Correction loop", 4),
)  # fmt: skip
ROWS_OF_A_DIE = 1 + len(STEPS)


def monday(weeks: int) -> str:
    today = date.today()
    return (today + timedelta(weeks=weeks, days=-today.weekday())).isoformat()


def plan(dies: int, owner: str) -> dict[str, Any]:
    """One summary for each die, below it a chain of steps."""
    tasks, links = [], []
    for die in range(1, dies + 1):
        summary = task(f"Die {die:02} {PHRASE}", None, die, type="summary")
        tasks.append(summary)
        before = None
        for place, (name, days) in enumerate(STEPS, 1):
            step = task(
                f"{name}, die {die:02} {PHRASE}",
                summary["id"],
                place,
                type="task" if days else "milestone",
                duration_minutes=days * 480,
                progress=(100, 60, 0)[min(place // 5, 2)],
                status=("accepted", "production", "not_started")[min(place // 5, 2)],
                department=("Toolroom", "Press shop", "Quality", "Purchasing")[place % 4],
                assignees=[owner] if place % 3 == 0 else [],
            )
            if before is None:
                step.update(constraint="start_no_earlier_than", constraint_at=monday(die - 10))
            else:
                link = {"predecessor_id": before, "successor_id": step["id"], "type": "FS", "lag_minutes": 0}
                links.append({"id": str(uuid.uuid4()), **link, "lag_unit": "working", "version": 1})
            before = step["id"]
            tasks.append(step)
    return {"op": "import", "tasks": tasks, "links": links, "calendars": []}


def task(name: str, parent: str | None, place: int, **said: Any) -> dict[str, Any]:
    usual = {
        "mode": "auto", "status": "not_started", "progress": 0, "duration_minutes": 0, "elapsed": False,
        "calendar_id": None, "constraint": "as_soon_as_possible", "constraint_at": None, "deadline": None,
        "manual_start": None, "actual_start": None, "actual_finish": None, "priority": 500, "department": None,
        "notes": "", "assignees": [], "locked": False, "version": 1,
    }  # fmt: skip
    return {"id": str(uuid.uuid4()), "parent_id": parent, "rank": place << 20, "name": name, **usual, **said}


def log_in(server: Server) -> str:
    credentials = {"email": EMAIL, "password": PASSWORD}
    return server.expect(200, "POST", "/api/v1/auth/login", credentials)["access_token"]


def fill_takt(takt: Server) -> None:
    """Through the API, as a client would."""
    registration = {
        "organization_name": "Bench Pressworks",
        "owner_name": "Olga Owner",
        "owner_email": EMAIL,
        "owner_password": PASSWORD,
        "industry": "press_shop",
    }
    welcome = takt.expect(201, "POST", "/api/v1/auth/register", registration)
    token, owner = welcome["access_token"], welcome["user"]["id"]
    for number in range(1, PROJECTS + 1):
        project = {
            "name": f"Die set {number:02} {PHRASE}",
            "start_date": monday(-10),
            "target_end_date": monday(100),
            "manager_id": owner if number % 2 else None,
            "status": ("planned", "active", "on_hold")[number % 3],
        }
        made = takt.expect(201, "POST", "/api/v1/projects", project, token)
        # The large one is made last, so it stands first in the list.
        dies = TASKS // ROWS_OF_A_DIE if number == PROJECTS else 1
        operations = {"operations": [plan(dies, owner)]}
        takt.expect(200, "POST", f"/api/v1/projects/{made['id']}/operations", operations, token)


def rows_of(takt: Server) -> dict[str, Any]:
    """Everything that the lists show, as Takt answers it."""
    token = log_in(takt)
    me = takt.expect(200, "GET", "/api/v1/auth/me", token=token)
    projects = takt.expect(200, "GET", f"/api/v1/projects?limit={PROJECTS}", token=token)["projects"]
    tasks = {
        row["id"]: takt.expect(200, "GET", f"/api/v1/projects/{row['id']}/tasks?limit={TASKS}", token=token)["tasks"]
        for row in projects
    }
    whom = {name: me[name] for name in ("user", "organization", "permissions")}
    return {**whom, "password": PASSWORD, "projects": projects, "tasks": tasks}


def write_table(path: Path, rows: int) -> None:
    """A plan as a table, for `takt schedule`."""
    lines = ["id,level,name,type,duration,predecessors"]
    for die in range(1, rows // ROWS_OF_A_DIE + 1):
        lines.append(f"{len(lines)},1,Die {die:03},summary,,")
        for place, (name, days) in enumerate(STEPS):
            before = len(lines) - 1 if place else ""
            lines.append(f"{len(lines)},2,{name} {die:03},{'task' if days else 'milestone'},{days}d,{before}")
    path.write_text("\n".join(lines) + "\n")


