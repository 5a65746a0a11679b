"""The endpoints of Takt that the benchmark asks, as a Flask application: same paths, same JSON, same checks.

It is written to be quick: lists select columns rather than objects, JSON is written by orjson, and who somebody is is
remembered for five seconds, as Takt does. What it does not do stands in docs/benchmarks.md.
"""

from __future__ import annotations

from flask import Flask, Response
from sqlalchemy import literal, select
from werkzeug.exceptions import HTTPException

from answers import Refused, answer, refused, refused_by_the_framework
from changes import changes
from lists import lists
from login import login
from store import reading

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024
for part in (login, lists, changes):
    app.register_blueprint(part)
app.register_error_handler(Refused, refused)
app.register_error_handler(HTTPException, refused_by_the_framework)


@app.get("/ready")
def ready() -> Response:
    with reading() as db:
        db.execute(select(literal(1)))
    return answer({"status": "ready", "database": "sqlite"})
