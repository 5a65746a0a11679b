"""The figures as Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from servers import HERE, Stopped

BEGIN, END = "<!-- http:begin -->", "<!-- http:end -->"


def tables(
    measured: dict[str, Any], started: dict[str, float], scheduled: dict[int, float], shape: str, seconds: int
) -> str:
    takt, flask = measured["Takt"], measured["Flask"]
    lines = [
        f"{machine()}. Revision {revision()}. {seconds} s a run; gunicorn with {shape}.",
        "",
        "| Request | Takt: a second | p50 | p99 | Flask: a second | p50 | p99 | Takt to Flask |",
        "| :-- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for title, ours in takt["cases"].items():
        theirs = flask["cases"][title]
        cells = [title, *figures(ours), *figures(theirs), f"**{times(ours['rate'] / theirs['rate'])}**"]
        lines.append(f"| {' | '.join(cells)} |")
    lines += [
        "",
        "| Server | Start to first answer | Memory at rest | Memory after the load |",
        "| :-- | --: | --: | --: |",
    ]
    for name, server in measured.items():
        start = milliseconds(started[name])
        lines.append(f"| {name} | {start} | {server['at rest']:.0f} MiB | {server['after']:.0f} MiB |")
    lines += ["", "| `takt schedule`, whole command | Time |", "| :-- | --: |"]
    lines += [f"| {tasks:,} tasks | {milliseconds(time)} |" for tasks, time in scheduled.items()]
    return "\n".join(lines)


def figures(case: dict[str, float]) -> list[str]:
    return [f"{case['rate']:,.0f}", milliseconds(case["p50"]), milliseconds(case["p99"])]


def milliseconds(value: float) -> str:
    return f"{value:.1f} ms" if value < 100 else f"{value:,.0f} ms"


def times(value: float) -> str:
    return f"{value:.1f}×" if value < 20 else f"{value:.0f}×"


def machine() -> str:
    """The kind of machine, not its name."""
    about = Path("/proc/cpuinfo").read_text()
    model = re.search(r"^model name\s*:\s*(.+)$", about, re.MULTILINE)
    memory = int(re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)[1]) / 2**20
    name = re.sub(r"\s+", " ", re.sub(r"\((R|TM)\)", "", model[1])).strip() if model else "unknown processor"
    return f"{len(os.sched_getaffinity(0))} cores of {name}, {memory:.0f} GiB"


def revision() -> str:
    done = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def record(text: str) -> None:
    """Between the markers, and nowhere else."""
    page = HERE.parent.parent / "docs/benchmarks.md"
    said = page.read_text()
    if said.count(BEGIN) != 1 or said.count(END) != 1 or said.index(BEGIN) > said.index(END):
        raise Stopped(f"docs/benchmarks.md needs {BEGIN} and {END}, once each")
    before, rest = said.split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}")
