"""Tests that police the repository itself: locks, words, sizes, leftovers, documents."""

import ast
import re
import subprocess
import tomllib
from gettext import GNUTranslations
from pathlib import Path
from shutil import which

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "audit", "casework", "clients", "referrals", "reporting", "vault")
LOCKS = ("requirements.txt", "requirements-dev.txt")
TEXTS = {".py", ".html", ".md", ".toml", ".yml", ".yaml", ".txt", ".sh", ".css", ".js", ".po", ".sql", ""}
# Names the words in order to offer plainer ones.
OFFERS_PLAINER_WORDS = "casework/word_list.py"
# Never in anything a person reads. The first three not even in code.
HARSH = r"\b(overdue|non-?complian\w+|relaps\w+)\b"
UNKIND = HARSH.replace(r")\b", r"|refus(?:ed|es|al)|failed to|failure to)\b")
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def tracked() -> list[Path]:
    """What would be in a clone, files not yet added included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def product(*suffixes: str) -> list[Path]:
    """Code and pages people meet: no tests, no migrations."""
    found = [*ROOT.glob("templates/**/*"), *(path for app in APPS for path in ROOT.glob(f"{app}/**/*"))]
    return [
        path
        for path in found
        if path.suffix in suffixes and "migrations" not in path.parts and named(path) != OFFERS_PLAINER_WORDS
    ]


def translated_texts(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    ours = [call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in TRANSLATING]
    return [
        argument.value
        for call in ours
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


# --- Locks ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_locks_have_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|file:|--(?:extra-)?index-url|--find-links| @ ", text) == []


def test_every_requirement_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {re.match(r"[\w-]+", each).group().lower() for each in project["project"]["dependencies"]}
    locked = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text(), re.M))

    assert wanted <= locked


def test_every_requirement_has_a_reason():
    listed = re.findall(r'^    "[\w\[\]-]+[<>=][^"]*",(.*)$', (ROOT / "pyproject.toml").read_text(), re.M)

    assert len(listed) > 30
    assert [each for each in listed if not re.search(r"# \w.{8,}", each)] == []


# --- Words ---------------------------------------------------------------------------------


def test_no_harsh_word_in_the_product():
    found = [
        f"{named(path)}: {match.group()}"
        for path in product(".py", ".html", ".txt", ".js")
        for match in re.finditer(HARSH, path.read_text(encoding="utf-8"), re.I)
    ]

    assert found == []


def test_nothing_unkind_is_said_to_anybody():
    said = [(path, text) for path in product(".py") for text in translated_texts(path)]
    shown = [(path, path.read_text(encoding="utf-8")) for path in product(".html", ".txt")]
    found = [f"{named(path)}: {text[:80]}" for path, text in [*said, *shown] if re.search(UNKIND, text, re.I)]

    assert found == []


# A window is later, open, done or passed. No code, column, sort, filter or colour knows another word.
DELAY = re.compile(
    r"(^|[_\W])(late|lateness|missed|tardy|delayed|past_?due|due_(on|at|date)|unreachable)($|[_\W])"
)


def names_in(path: Path) -> set[str]:
    """Identifiers and codes of a module: what could be a state, a sort or a filter."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for field in ("id", "attr", "arg", "name"):
            found |= {value} if isinstance(value := getattr(node, field, None), str) else set()
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"[\w-]+", node.value)
        ):
            found.add(node.value)
    return found


def test_nothing_is_named_after_delay():
    styles = {
        f".{each}" for each in re.findall(r"[.#]([a-z][\w-]*)", (ROOT / "static" / "app.css").read_text())
    }
    classes = {
        (named(path), each)
        for path in product(".html")
        for each in re.findall(r"(?:class|id|name|value)=\"([^\"]*)\"", path.read_text(encoding="utf-8"))
    }
    codes = {(named(path), each) for path in product(".py") for each in names_in(path)}

    found = [
        each for each in {*classes, *codes, *(("app.css", name) for name in styles)} if DELAY.search(each[1])
    ]

    assert sorted(found) == []


def test_no_state_of_a_window_says_delay():
    from casework import timeline

    states = {state for pair, after in timeline.STEPS.items() for state in (pair[0], after)}

    assert states == {"later", "open", "done", "passed"}
    assert re.search(HARSH, timeline.diagram(), re.I) is None


def test_translations_are_kind_too():
    unkind = r"\b(vencid[oa]s?|atrasad[oa]s?|incumplim\w+|reca[íi]d\w+|se negó|rehusó)\b"
    found = [
        match.group()
        for path in ROOT.glob("locale/es/**/*.po")
        for match in re.finditer(unkind, path.read_text(encoding="utf-8"), re.I)
    ]

    assert found == []


# --- Leftovers -----------------------------------------------------------------------------


def test_nothing_is_left_to_do():
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX"))
    found = [
        f"{named(path)}:{number}"
        for path in tracked()
        if path.suffix in TEXTS and path.name not in LOCKS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(rf"\b({marks})\b", line)
    ]

    assert found == []


def test_no_place_of_one_machine():
    places = "|".join(("/wo" + "rk/", "/ro" + "ot/", "/home/" + "[a-z]", "/opt/" + "(wheels|pypi)"))
    found = [
        f"{named(path)}:{number}"
        for path in tracked()
        if path.suffix in TEXTS and path.name not in LOCKS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(places, line)
    ]

    assert found == []


def test_no_style_or_script_inside_pages():
    """The content security policy would drop them in silence."""
    inside = r"<[a-z][^>%]*\s(?:style|on[a-z]+)=|<style|<script(?![^>]*\s(?:src=|type=\"application/json))"
    found = [
        f"{named(path)}: {match.group().strip()}"
        for path in ROOT.glob("templates/**/*.html")
        for match in re.finditer(inside, path.read_text(encoding="utf-8"), re.I)
    ]

    assert found == []


def test_every_template_is_used():
    folder = ROOT / "templates"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    users = [*product(".py", ".html", ".txt"), *ROOT.glob("tests/**/*.py")]
    used = "\n".join(path.read_text(encoding="utf-8") for path in users)
    unused = {name for name in names if not re.search(rf"""["']{re.escape(name)}[#"']""", used)}

    assert {name for name in unused - ASKED_FOR_BY_ALLAUTH if not replaces_a_packages_own(name)} == set()


# It looks for these names and ships no page of its own under them.
ASKED_FOR_BY_ALLAUTH = {"429.html", "account/password_reset_help_text.html"}


def replaces_a_packages_own(name: str) -> bool:
    """Pages of Django and its packages that ours stand in for."""
    loaders = engines["django"].engine.template_loaders
    places = {str(origin) for loader in loaders for origin in loader.get_template_sources(name)}
    ours = get_template(name).origin.name
    return any(Path(place).is_file() for place in places - {ours})


# --- Sizes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "most"), [("[a-z]*/**/*.py", 400), ("tests/**/*.py", 800), ("templates/**/*.html", 150)]
)
def test_files_stay_short(pattern, most):
    own = [
        path
        for path in ROOT.glob(pattern)
        if path.relative_to(ROOT).parts[0] in {*APPS, "bench", pattern.split("/")[0]}
        and "migrations" not in path.parts
    ]
    lengths = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in own}

    assert lengths
    assert {name: length for name, length in lengths.items() if length > most} == {}


# --- Documents -----------------------------------------------------------------------------


def documents() -> dict[str, str]:
    paths = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    return {named(path): path.read_text(encoding="utf-8") for path in paths}


def test_commands_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.M))
    asked = {
        (name, command)
        for name, text in documents().items()
        for command in re.findall(r"`(?:[A-Z_]+=\S+ )*make ([a-z][\w-]*)", text)
    }

    assert asked
    assert {each for each in asked if each[1] not in targets} == set()


def test_management_commands_in_the_documents_exist():
    there = {path.stem for app in APPS for path in ROOT.glob(f"{app}/management/commands/*.py")}
    there |= {"migrate", "check", "createcachetable", "collectstatic", "makemigrations", "shell"}
    asked = {
        (name, command)
        for name, text in documents().items()
        for command in re.findall(r"manage\.py ([a-z_]+)", text)
    }

    assert {each for each in asked if each[1] not in there} == set()


def test_links_in_the_documents_lead_somewhere():
    broken = [
        f"{name}: {link}"
        for name, text in documents().items()
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
        if not (ROOT / name).parent.joinpath(link).exists()
    ]

    assert broken == []


def test_every_variable_is_explained():
    """Each name ``settings.py`` reads from the environment stands in the table of ``docs/operating.md``."""
    settings = (ROOT / "casework" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operating.md").read_text()))

    assert read
    assert read - explained == set()


def test_decisions_are_numbered_and_listed():
    decisions = sorted(path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    numbers = [int(name[:4]) for name in decisions]

    assert numbers == list(range(1, len(numbers) + 1))
    assert all(name in (ROOT / "docs" / "adr" / "README.md").read_text() for name in decisions)


# --- Translations ----------------------------------------------------------------------------


@pytest.mark.skipif(not which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("source", sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")), ids=named)
def test_compiled_translations_are_those_of_the_source(source, tmp_path):
    """The compiled catalogs are kept with the code: a demo needs only Python and make."""
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "-o", fresh, source], check=True)

    assert catalog(source.with_suffix(".mo")) == catalog(fresh), "Run `make catalogs`."


def catalog(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        found = dict(GNUTranslations(file)._catalog)
    found.pop("", None)
    return found
