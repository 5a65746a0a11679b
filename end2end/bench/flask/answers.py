"""What every part of the application answers with, refusals included."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from flask import Response
from werkzeug.exceptions import HTTPException


def now() -> datetime:
    """The instant, as SQLite's columns keep it: UTC without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


class Refused(Exception):
    """A request that is not carried out, and what the client reads."""

    def __init__(self, status: int, code: str, detail: str, field: str | None = None):
        super().__init__(detail)
        self.status, self.code, self.detail, self.field = status, code, detail, field


def answer(body: Any, status: int = 200, kind: str = "application/json") -> Response:
    return Response(orjson.dumps(body), status, mimetype=kind)


def refused(fault: Refused) -> Response:
    body = {"type": f"/problems/{fault.code}", "code": fault.code, "status": fault.status, "detail": fault.detail}
    if fault.field:
        body["errors"] = [{"field": fault.field, "message": fault.detail}]
    return answer(body, fault.status, "application/problem+json")


def refused_by_the_framework(fault: HTTPException) -> Response:
    return refused(Refused(fault.code or 500, (fault.name or "").lower().replace(" ", "-"), fault.description or ""))
