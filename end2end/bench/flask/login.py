"""Signing in with a password, for tokens."""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid
from datetime import timedelta
from functools import cache
from typing import Any

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Blueprint, Response, request
from sqlalchemy import insert, select

from access import AUDIENCE, ISSUER, SECRET, Access, access_of
from answers import Refused, answer, now
from store import RefreshToken, User, reading, writing

login = Blueprint("login", __name__)

ACCESS_SECONDS, REFRESH_DAYS = 15 * 60, 7
# The parameters of the argon2 crate's default, which Takt uses.
passwords = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)


@cache
def decoy() -> str:
    """Checked in place of an account that does not exist, so that both answers take the same time."""
    return passwords.hash("not the password of anybody")


@login.post("/api/v1/auth/login")
def log_in() -> Response:
    body = request.get_json()
    email, password = str(body.get("email", "")).strip().lower(), str(body.get("password", ""))
    with reading() as db:
        person = db.execute(
            select(User.id, User.password_hash).where(User.email == email, User.status == "active")
        ).one_or_none()
    try:
        passwords.verify(person.password_hash if person else decoy(), password)
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
