"""What the day and the windows cost, as lines of the report; needs no Django."""

from typing import Any

QUERIES, BUFFERS, SECONDS = 6, 1.3, 60.0
AGREEMENTS = 100_000


def lines(found: list[dict[str, Any]]) -> list[str]:
    """``found``: one a size, each with its ``size``."""
    return [*(page_line(name, found) for name in ("Today", "To talk about")), *map(windows_line, found)]


def page_line(name: str, found: list[dict[str, Any]]) -> str:
    pages = [size["today"][name] for size in found]
    reads = max(page["reads"] for page in pages)
    grown = pages[-1]["buffers"] / max(1, pages[0]["buffers"])
    held = grown <= BUFFERS and (name != "Today" or reads <= QUERIES)
    costs = ", ".join(f"{page['buffers']} buffers, {page['cpu_ms']:.1f} ms CPU" for page in pages)
    goal = f"goal ≤ {QUERIES} and ≤ {BUFFERS}×" if name == "Today" else f"goal ≤ {BUFFERS}×"
    return f"- **{name}**: {reads} queries, {costs}; buffers {grown:.2f}× ({goal}, {said(held)})."


def windows_line(size: dict[str, Any]) -> str:
    found = size["today"]["windows"]
    for_all = found["seconds"] * AGREEMENTS / max(1, found["agreements"])
    return (
        f"- Windows of {found['agreements']:,} agreements, sixty days ahead: {found['seconds']:.1f} s "
        f"(goal ≤ {SECONDS:.0f} s for {AGREEMENTS:,}: {for_all:.0f} s, {said(for_all <= SECONDS)})."
    )


def said(held: bool) -> str:
    return "held" if held else "NOT held"
