"""The table of a run: counts and ratios, with the goals beside them."""

from typing import Any

from bench import contact_safety, today_report

QUERIES, BUFFERS, CPU = 4, 1.3, 4.0
HEAD = (
    "| page | cases | queries | buffers | raw buffers | raw CPU ms | rows CPU ms | rows : raw "
    "| page CPU ms | page : raw | frame CPU ms | guardian queries | guardian buffers | guardian : ours |"
)
READING = """\
*Queries* count the trail's INSERT; not the session and the person, which the middleware asks for.
*Buffers* are shared buffers of the page's SELECTs. *Rows* is the list alone: our query, names
opened, rows put into words and drawn. *Raw* is the same questions in plain SQL, the same names opened,
joined into text: the two can be compared. *Page* is everything the view does: rows, filters, covers,
the entry in the trail and the frame. *Frame* is an empty page, which raw SQL does not draw.
Each time is the best of five rounds of twenty."""


def written(found: list[dict[str, Any]]) -> str:
    names = list(found[0]["pages"])
    lines = [
        "# What the pages cost",
        "",
        "One run on this machine; compare within it, not across machines.",
        "",
        READING,
        "",
    ]
    lines += [HEAD, "| --- " + "| ---: " * (HEAD.count("|") - 2) + "|"]
    lines += [row(name, size) for name in names for size in found]
    lines += ["", *(growth(name, found) for name in names), "", *others(found), ""]
    return "\n".join(lines)


def row(name: str, size: dict[str, Any]) -> str:
    page = size["pages"][name]
    ours, rows, raw, guardian = page["ours"], page["rows"], page["raw"], page["guardian"]
    cells = (
        name, f"{size['size']:,}", ours["queries"], ours["buffers"], raw["buffers"], f"{raw['cpu_ms']:.2f}",
        f"{rows['cpu_ms']:.2f}", f"{times(rows, raw):.1f}", f"{ours['cpu_ms']:.2f}", f"{times(ours, raw):.1f}",
        f"{page['frame']['cpu_ms']:.2f}", guardian["queries"],
        guardian["buffers"], f"{guardian['buffers'] / max(1, ours['buffers']):.0f}×",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def times(one: dict[str, Any], other: dict[str, Any]) -> float:
    return float(one["cpu_ms"] / other["cpu_ms"])


def growth(name: str, found: list[dict[str, Any]]) -> str:
    """One page against its goals, at the size where it does worst."""
    pages = [size["pages"][name] for size in found]
    queries = max(page["ours"]["queries"] for page in pages)
    buffers = pages[-1]["ours"]["buffers"] / max(1, pages[0]["ours"]["buffers"])
    rows = max(times(page["rows"], page["raw"]) for page in pages)
    whole = max(times(page["ours"], page["raw"]) for page in pages)
    sizes = f"{found[0]['size']:,} → {found[-1]['size']:,}"
    return (
        f"- **{name}**: {queries} queries (goal ≤ {QUERIES}{mark(queries <= QUERIES)}); "
        f"buffers {buffers:.2f}× from {sizes} (goal ≤ {BUFFERS}×{mark(buffers <= BUFFERS)}); "
        f"CPU beside raw SQL joined into text (goal ≤ {CPU:.0f}×): rows {rows:.1f}×{mark(rows <= CPU)}, "
        f"whole page {whole:.1f}×{mark(whole <= CPU)}."
    )


def mark(held: bool) -> str:
    return ", held" if held else ", NOT held"


def others(found: list[dict[str, Any]]) -> list[str]:
    lines = []
    for size in found:
        door, seal = size["door"], size["seal"]
        lines.append(
            f"- {size['size']:,} cases: through the door {door['cpu_ms']:.2f} ms CPU, "
            f"{door['queries']} queries, {door['buffers']} buffers; "
            f"{seal['entries']:,} entries sealed in {seal['seconds']:.1f} s."
        )
    vault = ", ".join(f"{name} {cost:.1f} µs" for name, cost in found[-1]["vault"].items())
    lines += today_report.lines(found)
    return [*lines, f"- Vault: {vault}.", contact_safety.line(found[-1]["contact"])]
