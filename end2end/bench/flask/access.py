"""Who knocks, and what they may do."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Callable

import jwt
from flask import Response, request
from sqlalchemy import select

from answers import Refused, now
from store import Organization, OrganizationModule, RolePermission, User, reading

SECRET = os.environ["BENCH_SECRET"]
ISSUER, AUDIENCE = "takt", "takt-api"
ACCESS_CACHE_SECONDS = 5


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
