"""The field's own tool, in a directory and a process of its own; only its answer comes back."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reporting.problem import read

RUN = """
import json, os, sys, time
sys.path.insert(0, sys.argv[1])
from pytauargus import HiTaSCtrl
os.chdir(sys.argv[2])
start = time.perf_counter()
code = HiTaSCtrl().full_jj("in.jj", "out.jj", int(sys.argv[3]), "", sys.argv[2], "SCIP")
took = time.perf_counter() - start
chosen = [int(line) for line in open("out.jj") if line.strip()] if os.path.exists("out.jj") else None
json.dump([code, took, chosen], open("answer.json", "w"))
"""


class Peer:
    """Installed for the bench and gone with it; ``None`` answers when it cannot be had."""

    def __init__(self, folder):
        self.place = Path(folder) / "packages"
        wanted = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--target",
            str(self.place),
            "pytauargus",
        ]
        done = subprocess.run(wanted, capture_output=True, check=False)
        self.there = done.returncode == 0

    def optimum(self, raw, minutes=1):
        """Its OPT at the same protection levels: guards chosen, seconds; None when it gave up."""
        with tempfile.TemporaryDirectory() as folder:
            names = write_jj(raw, Path(folder) / "in.jj")
            command = [sys.executable, "-c", RUN, str(self.place), folder, str(minutes)]
            start = time.perf_counter()
            try:
                subprocess.run(command, capture_output=True, timeout=60 * minutes + 20, check=False)
                _, took, chosen = json.loads((Path(folder) / "answer.json").read_text())
            except (subprocess.TimeoutExpired, OSError):
                return None, time.perf_counter() - start
            return (None if chosen is None else [names[number] for number in chosen]), took


def write_jj(raw, path):
    """Each small count must be able to be 1 and k; a guard may go from 1 to twice its count."""
    problem = read(raw)
    names = list(problem.counts)
    place = {name: number for number, name in enumerate(names)}
    lines = ["0", str(len(names))]
    for name in names:
        count, k = problem.counts[name], problem.k
        kind = "z" if count == 0 else "u" if count < k else "s"
        ends = (1, max(2 * count, count + 50)) if count else (0, 0)
        levels = (count - 1, k - count) if kind == "u" else (0, 0)
        lines.append(f"{place[name]} {count} 1 {kind} {ends[0]} {ends[1]} {levels[0]} {levels[1]} 0")
    lines.append(str(len(problem.sums)))
    for each in problem.sums:
        parts = " ".join(f"{place[part]} (1)" for part in each.parts)
        lines.append(f"0 {len(each.parts) + 1} : {place[each.total]} (-1) {parts}")
    path.write_text("\n".join(lines) + "\n")
    return names
