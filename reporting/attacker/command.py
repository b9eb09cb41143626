"""``attack_release`` at the terminal: files in, a verdict for every withheld cell out.

Needs no database, no settings and no Django: whoever doubts us runs it anywhere.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from reporting.attacker.attack import Findings, attack
from reporting.attacker.certificates import check_certificate
from reporting.attacker.errors import Contradiction, NotReadable
from reporting.attacker.forced import excused
from reporting.attacker.latent import Latent, latent
from reporting.attacker.plain import short
from reporting.attacker.release import Release, read
from reporting.attacker.solver import Clock

HELD, BROKEN, UNREADABLE = 0, 1, 2
SHOWN: Final = 50
DESCRIPTION = "Tries to work out what released tables withhold, from all given files together."
EPILOG = "Ends with 0: nothing worked out; 1: a withheld cell is exact, small or narrow; 2: files not usable."


def arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("releases", nargs="+", metavar="RELEASE.json", help="released files")
    parser.add_argument("--json", action="store_true", help="print every withheld cell's interval as JSON")
    parser.add_argument("--seconds", type=float, help="time to spend; what is open then counts as narrow")
    return parser


def main(argv: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    parser = argparse.ArgumentParser(prog="attack_release", description=DESCRIPTION, epilog=EPILOG)
    given = arguments(parser).parse_args(argv)
    return run(given.releases, as_json=given.json, seconds=given.seconds, out=out, err=err)


def run(
    paths: Sequence[str],
    *,
    as_json: bool = False,
    seconds: float | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> int:
    out, err = out or sys.stdout, err or sys.stderr
    try:
        releases = [_open(path) for path in paths]
        clock = Clock(seconds)
        findings = excused(attack(releases, seconds=clock.left()), releases, clock)
        crossed = latent(releases, seconds=clock.left())
    except (NotReadable, Contradiction) as error:
        print(error, file=err)
        return UNREADABLE
    if as_json:
        _print_json(findings, crossed, out)
    else:
        _print_words(findings, crossed, out)
        _print_certificates(releases, out)
    return BROKEN if not crossed.safe or any(each.breaks for each in findings.values()) else HELD


def _open(path: str) -> Release:
    try:
        content = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise NotReadable(f"{path}: {reason}") from None
    return read(content, path)


def _print_json(findings: Findings, crossed: Latent, out: TextIO) -> None:
    said: dict[str, Any] = {"cells": _as_json(findings)}
    if not crossed.safe:
        said["latent"] = _as_json(crossed.findings)
        said["untried"] = [" × ".join((each.population, *each.dimensions)) for each in crossed.untried]
    print(json.dumps(said, indent=1, ensure_ascii=True), file=out)


def _as_json(findings: Findings) -> dict[str, dict[str, Any]]:
    return {
        key: {"lo": each.least, "hi": each.most, "verdict": each.verdict} for key, each in findings.items()
    }


def _print_words(findings: Findings, crossed: Latent, out: TextIO) -> None:
    tally = Counter(each.verdict for each in findings.values())
    counted = ", ".join(f"{tally[verdict]} {verdict}" for verdict in ("ok", "narrow", "small", "exact"))
    print(f"{len(findings)} withheld: {counted}.", file=out)
    broken = {key: each for key, each in findings.items() if each.breaks} | crossed.findings
    for key, each in list(broken.items())[:SHOWN]:
        most = "no end" if each.most is None else each.most
        unfinished = "" if each.finished else " (not finished)"
        print(f"  {each.verdict}: {short(key)} from {each.least} to {most}{unfinished}", file=out)
    if len(broken) > SHOWN:
        print(f"  … and {len(broken) - SHOWN} more", file=out)
    for cross in crossed.untried:
        print(f"  too large or unclear to try: {short(' × '.join(cross.dimensions))}", file=out)


def _print_certificates(releases: Sequence[Release], out: TextIO) -> None:
    """For the reader only: the verdicts above come from the attack, whatever a certificate says."""
    for release in releases:
        if (found := check_certificate(release)) is None:
            continue
        print(
            f"{release.name}: its certificate shows {len(found.proved)} marks to be open both ways.", file=out
        )
        for each in found.wrong[:SHOWN]:
            print(f"  certificate: {each}", file=out)
