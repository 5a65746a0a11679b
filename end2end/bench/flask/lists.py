"""Projects and tasks, a page at a time."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from access import Access, permit
from answers import Refused, answer, now
from store import Assignee, Project, Task, User, reading

lists = Blueprint("lists", __name__)


def window(usual: int, most: int) -> tuple[int, int]:
    """Rows and offset that are asked for."""
    try:
        limit = int(request.args.get("limit", usual))
    except ValueError:
        limit = 0
    if not 1 <= limit <= most:
        raise Refused(422, "invalid-input", f"A page has 1 to {most} rows.", "limit")
    cursor = request.args.get("cursor") or "0"
    if not cursor.isdecimal():
        raise Refused(422, "invalid-input", "Take the cursor from the page before.", "cursor")
    return limit, int(cursor)


def page(name: str, rows: list, total: int, limit: int, offset: int) -> Response:
    following = str(offset + limit) if rows and offset + limit < total else None
    return answer({name: rows, "total": total, "next_cursor": following})


def matching(text: str) -> str:
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


SORTS = {
    "name": Project.name,
    "code": Project.code,
    "status": Project.status,
    "start": Project.start,
    "target_end": Project.target_end,
    "finish": Project.finish,
    "progress": Project.progress,
    "updated": Project.updated_at,
}
PROJECT_ROW = select(
    Project.id,
    Project.code,
    Project.name,
    Project.status,
    Project.manager_id,
    User.name.label("manager_name"),
    Project.start.label("start_date"),
    Project.target_end.label("target_end_date"),
    Project.finish,
    Project.progress,
    Project.task_count.label("tasks"),
    Project.critical_count.label("critical"),
    Project.version,
).outerjoin_from(Project, User, User.id == Project.manager_id)


@lists.get("/api/v1/projects")
@permit("projects.view")
def list_projects(access: Access) -> Response:
    limit, offset = window(50, 200)
    sort = request.args.get("sort", "-updated")
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise Refused(422, "invalid-input", f"Projects are not sorted by '{sort}'.", "sort")
    own = access.organization_id
    which = [Project.organization_id == own, Project.deleted_at.is_(None)]
    if status := request.args.get("status"):
        which.append(Project.status == status)
    if text := request.args.get("search", "").strip():
        which.append(
            or_(Project.name.like(matching(text), escape="\\"), Project.code.like(matching(text), escape="\\"))
        )
    with reading() as db:
        total = db.scalar(select(func.count()).select_from(Project).where(*which)) or 0
        found = db.execute(
            PROJECT_ROW.where(*which)
            .order_by(column.desc() if sort.startswith("-") else column, Project.id)
            .limit(limit)
            .offset(offset)
        ).mappings()
        rows = [dict(row) for row in found]
        overdue = dict(
            db.execute(
                select(Task.project_id, func.count())
                .where(
                    Task.organization_id == own,
                    Task.project_id.in_([row["id"] for row in rows]),
                    Task.finish < now(),
                    Task.progress < 100,
                    Task.kind != "summary",
                )
                .group_by(Task.project_id)
            )
            .tuples()
            .all()
        )
    for row in rows:
        row["overdue"] = overdue.get(row["id"], 0)
    return page("projects", rows, total, limit, offset)


TASK_ROW = select(
    Task.id,
    Task.parent_id,
    Task.rank,
    Task.name,
    Task.kind.label("type"),
    Task.mode,
    Task.status,
    Task.progress,
    Task.duration.label("duration_minutes"),
    Task.elapsed,
    Task.calendar_id,
    Task.constraint,
    Task.constraint_at,
    Task.deadline,
    Task.manual_start,
    Task.actual_start,
    Task.actual_finish,
    Task.priority,
    Task.department,
    Task.notes,
    Task.locked,
    Task.version,
    Task.code,
    Task.level,
    Task.start,
    Task.finish,
    Task.late_start,
    Task.late_finish,
    Task.total_float.label("total_float_minutes"),
    Task.free_float.label("free_float_minutes"),
    Task.critical,
)


def known_project(db: Session, access: Access, project_id: str) -> Any:
    """The project's row; one of another organisation is not found."""
    row = db.execute(
        select(Project.id, Project.start, Project.finish).where(
            Project.id == project_id,
            Project.organization_id == access.organization_id,
            Project.deleted_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise Refused(404, "not-found", "There is nothing here.")
    return row


@lists.get("/api/v1/projects/<project_id>/tasks")
@permit("projects.view")
def list_tasks(access: Access, project_id: str) -> Response:
    limit, offset = window(1_000, 2_000)
    which = [Task.organization_id == access.organization_id, Task.project_id == project_id]
    if status := request.args.get("status"):
        which.append(Task.status == status)
    if text := request.args.get("search"):
        which.append(Task.name.like(matching(text), escape="\\"))
    with reading() as db:
        known_project(db, access, project_id)
        total = db.scalar(select(func.count()).select_from(Task).where(*which)) or 0
        found = db.execute(TASK_ROW.where(*which).order_by(Task.path).limit(limit).offset(offset)).mappings()
        rows = [dict(row) for row in found]
        assigned = db.execute(
            select(Assignee.task_id, Assignee.user_id)
            .where(Assignee.organization_id == access.organization_id, Assignee.project_id == project_id)
            .order_by(Assignee.position)
        ).tuples()
        people: dict[str, list[str]] = {}
        for task_id, user_id in assigned:
            people.setdefault(task_id, []).append(user_id)
    for row in rows:
        row["assignees"] = people.get(row["id"], [])
    return page("tasks", rows, total, limit, offset)
