"""Fills the Flask application's database with what Takt answered, so that both have the same rows under the same ids.

Reads from standard input: {"user", "organization", "password", "projects": [rows], "tasks": {project: [rows]}}.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import insert

from answers import now
from login import passwords
from store import (
    Assignee,
    Base,
    Organization,
    OrganizationModule,
    Project,
    RolePermission,
    Task,
    User,
    engine,
    writing,
)

RENAMED = {
    "type": "kind",
    "duration_minutes": "duration",
    "total_float_minutes": "total_float",
    "free_float_minutes": "free_float",
}
DATES = (
    "start", "finish", "late_start", "late_finish", "constraint_at", "deadline", "manual_start", "actual_start",
    "actual_finish",
)  # fmt: skip


def date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def fill(given: dict[str, Any]) -> None:
    organization, user = given["organization"], given["user"]
    own = organization["id"]
    Base.metadata.create_all(engine)
    with writing() as db:
        db.execute(insert(Organization), [{**organization, "status": "active"}])
        trial = {"enabled": True, "subscribed_at": None, "trial_ends_at": now() + timedelta(days=14)}
        db.execute(insert(OrganizationModule), [{"organization_id": own, "module": "projects", **trial}])
        rights = [{"organization_id": own, "role": user["role"], "permission": name} for name in given["permissions"]]
        db.execute(insert(RolePermission), rights)
        secret = {"password_hash": passwords.hash(given["password"]), "status": "active"}
        db.execute(insert(User), [{**user, "organization_id": own, **secret}])
        db.execute(insert(Project), [project(row, own, age) for age, row in enumerate(given["projects"])])
        for project_id, rows in given["tasks"].items():
            paths: dict[str | None, str] = {None: ""}
            db.execute(insert(Task), [task(row, own, project_id, paths) for row in rows])
            people = [
                {"organization_id": own, "project_id": project_id, "task_id": row["id"], "user_id": who, "position": at}
                for row in rows
                for at, who in enumerate(row["assignees"])
            ]
            if people:
                db.execute(insert(Assignee), people)


def project(row: dict[str, Any], own: str, age: int) -> dict[str, Any]:
    """The rows come newest first; `age` keeps that order."""
    kept = {name: row[name] for name in ("id", "code", "name", "status", "manager_id", "progress", "version")}
    return {
        **kept,
        "organization_id": own,
        "start": date(row["start_date"]),
        "target_end": date(row["target_end_date"]),
        "finish": date(row["finish"]),
        "task_count": row["tasks"],
        "critical_count": row["critical"],
        "revision": 1,
        "updated_at": now() - timedelta(seconds=age),
        "deleted_at": None,
    }


def task(row: dict[str, Any], own: str, project_id: str, paths: dict[str | None, str]) -> dict[str, Any]:
    """The rows come in outline order, so the path of the row above is known."""
    path = f"{paths[row['parent_id']]}{row['rank']:016x}"
    paths[row["id"]] = path
    stored = {RENAMED.get(name, name): value for name, value in row.items() if name != "assignees"}
    stored.update({name: date(row[name]) for name in DATES})
    return {**stored, "organization_id": own, "project_id": project_id, "path": path}


if __name__ == "__main__":
    fill(orjson.loads(sys.stdin.buffer.read()))
