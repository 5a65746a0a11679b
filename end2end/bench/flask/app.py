"""The endpoints of Takt that the benchmark asks, as a Flask application: same paths, same JSON, same checks.

It is written to be quick: lists select columns rather than objects, JSON is written by orjson, and who somebody is is
remembered for five seconds, as Takt does. What it does not do stands in docs/benchmarks.md.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Callable

import jwt
import orjson
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask, Response, request
from sqlalchemy import func, insert, literal, or_, select, update
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

import worktime
from store import (
    Assignee,
    AuditEntry,
    Organization,
    OrganizationModule,
    Project,
    RefreshToken,
    RolePermission,
    Task,
    User,
    reading,
    writing,
)

SECRET = os.environ["BENCH_SECRET"]
ISSUER, AUDIENCE = "takt", "takt-api"
ACCESS_SECONDS, REFRESH_DAYS = 15 * 60, 7
# The parameters of the argon2 crate's default, which Takt uses.
passwords = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
DECOY = passwords.hash("not the password of anybody")
ACCESS_CACHE_SECONDS = 5

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024


class Refused(Exception):
    """A request that is not carried out, and what the client reads."""

    def __init__(self, status: int, code: str, detail: str, field: str | None = None):
        super().__init__(detail)
        self.status, self.code, self.detail, self.field = status, code, detail, field


def answer(body: Any, status: int = 200, kind: str = "application/json") -> Response:
    return Response(orjson.dumps(body), status, mimetype=kind)


@app.errorhandler(Refused)
def refused(fault: Refused) -> Response:
    body = {"type": f"/problems/{fault.code}", "code": fault.code, "status": fault.status, "detail": fault.detail}
    if fault.field:
        body["errors"] = [{"field": fault.field, "message": fault.detail}]
    return answer(body, fault.status, "application/problem+json")


@app.errorhandler(HTTPException)
def refused_by_the_framework(fault: HTTPException) -> Response:
    return refused(Refused(fault.code or 500, (fault.name or "").lower().replace(" ", "-"), fault.description or ""))


def now() -> datetime:
    """The instant, as SQLite's columns keep it: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


# Who knocks, and what they may do.


@dataclass(frozen=True, slots=True)
class Access:
    user_id: str
    user_name: str
    email: str
    role: str
    organization: dict[str, str]
    active: bool
    modules: dict[str, tuple[bool, bool, datetime | None]]
    permissions: frozenset[str]

    @property
    def organization_id(self) -> str:
        return self.organization["id"]


known: dict[str, tuple[float, Access]] = {}


def access_of(user_id: str) -> Access | None:
    """Read anew, or what was read a moment ago. None where the person is gone or disabled."""
    found = known.get(user_id)
    if found and found[0] > time.monotonic():
        return found[1]
    with reading() as db:
        row = db.execute(
            select(User, Organization)
            .join(Organization, Organization.id == User.organization_id)
            .where(User.id == user_id, User.status == "active")
        ).one_or_none()
        if row is None:
            return None
        user, organization = row
        modules = db.scalars(
            select(OrganizationModule).where(OrganizationModule.organization_id == organization.id)
        ).all()
        permissions = db.scalars(
            select(RolePermission.permission).where(
                RolePermission.organization_id == organization.id, RolePermission.role == user.role
            )
        ).all()
        access = Access(
            user_id=user.id,
            user_name=user.name,
            email=user.email,
            role=user.role,
            organization={
                "id": organization.id,
                "name": organization.name,
                "slug": organization.slug,
                "industry": organization.industry,
            },
            active=organization.status == "active",
            modules={row.module: (row.enabled, row.subscribed_at is not None, row.trial_ends_at) for row in modules},
            permissions=frozenset(permissions),
        )
    known[user_id] = (time.monotonic() + ACCESS_CACHE_SECONDS, access)
    return access


def caller() -> Access:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refused(401, "not-signed-in", "Sign in first.")
    try:
        claims = jwt.decode(
            token,
            SECRET,
            algorithms=["HS256"],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    except jwt.ExpiredSignatureError:
        raise Refused(401, "session-expired", "The session is over; sign in again.") from None
    except jwt.InvalidTokenError:
        raise Refused(401, "not-signed-in", "Sign in first.") from None
    access = access_of(claims["sub"]) if claims.get("type") == "access" else None
    if access is None:
        raise Refused(401, "not-signed-in", "Sign in first.")
    return access


def permit(permission: str) -> Callable:
    """Lets in who is signed in, of an active organisation that has the module, in a role that holds the permission."""
    module = permission.partition(".")[0]

    def wrap(view: Callable) -> Callable:
        @wraps(view)
        def checked(**arguments: str) -> Response:
            access = caller()
            if not access.active:
                raise Refused(403, "organization-inactive", "This organisation is suspended.")
            enabled, subscribed, trial_ends_at = access.modules.get(module, (False, False, None))
            if not enabled or not (subscribed or (trial_ends_at is not None and now() < trial_ends_at)):
                raise Refused(403, "module-inactive", f"The module {module} is not active.")
            if permission not in access.permissions:
                raise Refused(403, "not-permitted", f"The role {access.role} does not hold {permission}.")
            return view(access, **arguments)

        return checked

    return wrap


# Lists.


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


@app.get("/api/v1/projects")
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


@app.get("/api/v1/projects/<project_id>/tasks")
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


# Changes.

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


@app.post("/api/v1/projects/<project_id>/tasks")
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


@app.post("/api/v1/auth/login")
def log_in() -> Response:
    body = request.get_json()
    email, password = str(body.get("email", "")).strip().lower(), str(body.get("password", ""))
    with reading() as db:
        person = db.execute(
            select(User.id, User.password_hash).where(User.email == email, User.status == "active")
        ).one_or_none()
    try:
        passwords.verify(person.password_hash if person else DECOY, password)
    except VerifyMismatchError:
        person = None
    access = access_of(person.id) if person else None
    if access is None:
        raise Refused(401, "wrong-credentials", "Address or password is wrong.")
    return answer({"message": "Login successful", **issue(access), **whom(access)})


def whom(access: Access) -> dict[str, Any]:
    user = {"id": access.user_id, "name": access.user_name, "email": access.email, "role": access.role}
    return {"user": user, "organization": access.organization}


def issue(access: Access) -> dict[str, Any]:
    """An access token, and a refresh token of a new family."""
    at = now()
    secret = secrets.token_urlsafe(32)
    with writing() as db:
        token = {
            "id": str(uuid.uuid4()),
            "organization_id": access.organization_id,
            "user_id": access.user_id,
            "family_id": str(uuid.uuid4()),
            "token_hash": hashlib.sha256(secret.encode()).hexdigest(),
            "issued_at": at,
            "expires_at": at + timedelta(days=REFRESH_DAYS),
        }
        db.execute(insert(RefreshToken), [token])
    issued = int(time.time())
    claims = {
        "sub": access.user_id,
        "email": access.email,
        "organization_id": access.organization_id,
        "role": access.role,
        "type": "access",
        "iat": issued,
        "exp": issued + ACCESS_SECONDS,
        "aud": AUDIENCE,
        "iss": ISSUER,
    }
    return {
        "access_token": jwt.encode(claims, SECRET, algorithm="HS256"),
        "refresh_token": secret,
        "token_type": "Bearer",
        "expires_in": ACCESS_SECONDS,
    }


@app.get("/ready")
def ready() -> Response:
    with reading() as db:
        db.execute(select(literal(1)))
    return answer({"status": "ready", "database": "sqlite"})
