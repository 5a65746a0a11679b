"""The tables, and how they are opened: the same columns, indexes and promises as Takt's own SQLite file.

What Takt computes when it shows a plan (outline code, late dates, floats) is stored here, so that a list only reads.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import datetime
from typing import Iterator

from sqlalchemy import JSON, ForeignKey, Index, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

# Ids as text: SQLite has no type for them, and text spares a conversion for each row.
Id = String(36)


class Base(DeclarativeBase):
    pass


class Organization(Base):
    __tablename__ = "organizations"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    industry: Mapped[str]
    status: Mapped[str]


class OrganizationModule(Base):
    __tablename__ = "organization_modules"
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"), primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool]
    subscribed_at: Mapped[datetime | None]
    trial_ends_at: Mapped[datetime | None]


class RolePermission(Base):
    __tablename__ = "role_permissions"
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    permission: Mapped[str] = mapped_column(primary_key=True)


class User(Base):
    __tablename__ = "users"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"))
    role: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    status: Mapped[str]


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"))
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    family_id: Mapped[str] = mapped_column(Id, index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Project(Base):
    __tablename__ = "projects"
    __table_args__ = (Index("projects_updated", "organization_id", "updated_at"),)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"))
    code: Mapped[str]
    name: Mapped[str]
    status: Mapped[str]
    manager_id: Mapped[str | None] = mapped_column(Id, ForeignKey("users.id"))
    start: Mapped[datetime]
    target_end: Mapped[datetime | None]
    finish: Mapped[datetime]
    progress: Mapped[int]
    task_count: Mapped[int]
    critical_count: Mapped[int]
    revision: Mapped[int]
    version: Mapped[int]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class Task(Base):
    __tablename__ = "project_tasks"
    __table_args__ = (
        Index("project_tasks_by_project", "organization_id", "project_id", "path"),
        Index("project_tasks_by_finish", "organization_id", "status", "finish"),
    )
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"))
    project_id: Mapped[str] = mapped_column(Id, ForeignKey("projects.id"))
    parent_id: Mapped[str | None] = mapped_column(Id)
    rank: Mapped[int]
    # The ranks from the top down to this row, so that one index gives the outline's order.
    path: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    mode: Mapped[str]
    status: Mapped[str]
    progress: Mapped[int]
    duration: Mapped[int]
    elapsed: Mapped[bool]
    calendar_id: Mapped[str | None] = mapped_column(Id)
    constraint: Mapped[str]
    constraint_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    manual_start: Mapped[datetime | None]
    actual_start: Mapped[datetime | None]
    actual_finish: Mapped[datetime | None]
    priority: Mapped[int]
    department: Mapped[str | None]
    notes: Mapped[str]
    locked: Mapped[bool]
    version: Mapped[int]
    code: Mapped[str]
    level: Mapped[int]
    start: Mapped[datetime]
    finish: Mapped[datetime]
    late_start: Mapped[datetime]
    late_finish: Mapped[datetime]
    total_float: Mapped[int]
    free_float: Mapped[int]
    critical: Mapped[bool]


class Assignee(Base):
    __tablename__ = "project_assignees"
    organization_id: Mapped[str] = mapped_column(Id, primary_key=True)
    project_id: Mapped[str] = mapped_column(Id, ForeignKey("projects.id"), primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("project_tasks.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"), primary_key=True)
    position: Mapped[int]


class AuditEntry(Base):
    """Who did what. Not chained by hashes as Takt's is."""

    __tablename__ = "audit_log"
    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[str] = mapped_column(Id, ForeignKey("organizations.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(Id)
    verb: Mapped[str]
    subject_id: Mapped[str] = mapped_column(Id)
    summary: Mapped[str]
    after: Mapped[dict] = mapped_column(JSON)


engine = create_engine(f"sqlite:///{os.environ['BENCH_DATABASE']}", pool_size=16, connect_args={"timeout": 10})


@event.listens_for(engine, "connect")
def prepare(connection, _record) -> None:
    # SQLAlchemy begins transactions, not the driver: it would begin them too late.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = wal",
        # What was acknowledged survives a power cut.
        "synchronous = full",
        "foreign_keys = on",
        "cache_size = -32000",
        "mmap_size = 268435456",
        "temp_store = memory",
    ):
        connection.execute(f"pragma {pragma}")


@event.listens_for(engine, "begin")
def begin(connection) -> None:
    # A writer takes the lock at once: one that reads first and writes later would fail whatever the timeout.
    connection.exec_driver_sql("begin immediate" if connection.get_execution_options().get("writes") else "begin")


writer = engine.execution_options(writes=True)


@contextmanager
def reading() -> Iterator[Session]:
    """One state of all tables."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """All or nothing."""
    with Session(writer) as session, session.begin():
        yield session
