"""Small packages of our own: trees and birds, nobody's real agency."""

import io
import json
import zipfile
from pathlib import Path
from uuid import NAMESPACE_URL, uuid4, uuid5

from referrals.models import ImportJob
from referrals.services import imports

PACKAGES = Path(__file__).resolve().parent / "packages"
HEADERS = {
    "organizations.csv": "id,name,description",
    "services.csv": "id,organization_id,name,description,status",
}


def an_id(word: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"casework:{word}"))


def tables(services: int = 2, **more: str) -> dict[str, str]:
    """Names of files → their text. ``more`` replaces or adds ("phones_csv")."""
    organizations = [f"{an_id('alder')},Alder House,Counsel under trees"]
    rows = [
        f"{an_id(f'service {n}')},{an_id('alder')},Alder service {n},Help number {n},active"
        for n in range(services)
    ]
    found = {
        "organizations.csv": "\n".join([HEADERS["organizations.csv"], *organizations]) + "\n",
        "services.csv": "\n".join([HEADERS["services.csv"], *rows]) + "\n",
    }
    return found | {
        name.replace("_csv", ".csv").replace("_json", ".json"): text for name, text in more.items()
    }


def zipped(files: dict[str, str | bytes], folder: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{folder}{name}", text)
    return out.getvalue()


def in_folder(path: Path, files: dict[str, str | bytes]) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def a_service(word: str = "birch", **more: object) -> dict[str, object]:
    return {
        "id": an_id(word),
        "name": f"{word.title()} advice",
        "status": "active",
        "organization": {"id": an_id(f"{word} org"), "name": f"{word.title()} House", "description": "x"},
        **more,
    }


def page_of(*services: object, number: int = 1, pages: int = 1) -> str:
    return json.dumps(
        {
            "total_items": len(services),
            "total_pages": pages,
            "page_number": number,
            "size": 50,
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": not services,
            "contents": list(services),
        }
    )


def a_package(by, content: bytes | None = None, source: str = "Alder", name: str = "alder.zip") -> ImportJob:
    """Sent by ``by``, and not yet read."""
    return imports.keep_package(
        content=zipped(tables()) if content is None else content,
        file_name=name,
        source_name=source,
        by=by,
        job_id=uuid4(),
    )
