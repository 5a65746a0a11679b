"""Adding a task."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

import worktime
from access import Access, permit
from answers import Refused, answer, now
from lists import TASK_ROW, known_project
from store import Assignee, AuditEntry, Project, Task, User, writing

changes = Blueprint("changes", __name__)

STEP = 1 << 20


def draft() -> dict[str, Any]:
    """The task that the body describes, with what is usual where it says nothing."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise Refused(400, "bad-request", "Send an object.")

    def number(field: str, usual: int, most: int) -> int:
        value = body.get(field, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise Refused(422, "invalid-input", f"{field} is 0 to {most}.", field)
        return value

    def word(field: str, usual: str, *others: str) -> str:
        value = body.get(field, usual)
        if value not in (usual, *others):
            raise Refused(422, "invalid-input", f"{field} is one of {', '.join((usual, *others))}.", field)
        return value

    def text(field: str, least: int, most: int) -> str:
        value = body.get(field) or ""
        if not isinstance(value, str) or not least <= len(value.strip()) <= most:
            raise Refused(422, "invalid-input", f"{field} has {least} to {most} characters.", field)
        return value.strip()

    if body.get("parent_id") or body.get("after"):
        raise Refused(422, "invalid-input", "This server adds rows at the end of the top level.", "parent_id")
    return {
        "name": text("name", 1, 200),
        "kind": word("type", "task", "milestone"),
        "status": word("status", "not_started", "processing", "waiting", "production", "accepted", "at_risk"),
        "progress": number("progress", 0, 100),
        "duration": number("duration_minutes", 480, 52_704_000),
        "priority": number("priority", 500, 1000),
        "department": text("department", 0, 200) or None,
        "notes": text("notes", 0, 20_000),
        "assignees": list(dict.fromkeys(body.get("assignees", []))),
    }


@changes.post("/api/v1/projects/<project_id>/tasks")
@permit("projects.edit")
def add_task(access: Access, project_id: str) -> Response:
    given = draft()
    assignees = given.pop("assignees")
    if given["kind"] == "milestone":
        given["duration"] = 0
    own = access.organization_id
    with writing() as db:
        project = known_project(db, access, project_id)
        siblings, last = db.execute(
            select(func.count(), func.coalesce(func.max(Task.rank), 0)).where(
                Task.organization_id == own, Task.project_id == project_id, Task.parent_id.is_(None)
            )
        ).one()
        task_id = str(uuid.uuid4())
        rank = last + STEP
        begins = worktime.worked(project.start)
        latest = worktime.worked(project.finish) - given["duration"]
        slack = max(latest - begins, 0)
        row = {
            **given,
            "id": task_id,
            "organization_id": own,
            "project_id": project_id,
            "rank": rank,
            "path": f"{rank:016x}",
            "mode": "auto",
            "elapsed": False,
            "locked": False,
            "calendar_id": None,
            "constraint": "as_soon_as_possible",
            "version": 1,
            "code": str(siblings + 1),
            "level": 0,
            "start": worktime.begins(begins),
            "finish": worktime.ends(begins + given["duration"]) if given["duration"] else worktime.begins(begins),
            "late_start": worktime.begins(begins + slack),
            "late_finish": worktime.ends(begins + slack + given["duration"]),
            "total_float": slack,
            "free_float": slack,
            "critical": slack == 0,
        }
        db.execute(insert(Task), [row])
        if assignees:
            assign(db, access, project_id, task_id, assignees)
        figures(db, access, project_id, max(project.finish, row["finish"]))
        stored = dict(db.execute(TASK_ROW.where(Task.id == task_id)).mappings().one())
        db.execute(
            insert(AuditEntry),
            [
                {
                    "organization_id": own,
                    "at": now(),
                    "actor_id": access.user_id,
                    "verb": "plan.changed",
                    "subject_id": project_id,
                    "summary": f"Added {given['name']}",
                    "after": {"id": task_id, **given},
                }
            ],
        )
    stored["assignees"] = assignees
    created = answer(stored, 201)
    created.headers["ETag"] = '"1"'
    return created


def assign(db: Session, access: Access, project_id: str, task_id: str, people: list[str]) -> None:
    own = access.organization_id
    count = db.scalar(select(func.count()).where(User.organization_id == own, User.id.in_(people)))
    if count != len(people):
        raise Refused(422, "invalid-input", "One of these people is not in your organisation.", "assignees")
    keys = {"organization_id": own, "project_id": project_id, "task_id": task_id}
    db.execute(insert(Assignee), [{**keys, "user_id": who, "position": place} for place, who in enumerate(people)])


def figures(db: Session, access: Access, project_id: str, finish: datetime) -> None:
    """What the list of projects shows of a plan, after it changed."""
    leaf = Task.kind != "summary"
    done = func.coalesce(func.sum(Task.progress * Task.duration).filter(leaf), 0)
    weight = func.max(func.coalesce(func.sum(Task.duration).filter(leaf), 0), literal(1))
    tasks, critical, progress = db.execute(
        select(func.count(), func.count().filter(Task.critical), done / weight).where(
            Task.organization_id == access.organization_id, Task.project_id == project_id
        )
    ).one()
    db.execute(
        update(Project)
        .where(Project.organization_id == access.organization_id, Project.id == project_id)
        .values(
            task_count=tasks,
            critical_count=critical,
            progress=int(progress),
            finish=finish,
            revision=Project.revision + 1,
            updated_at=now(),
        )
    )
