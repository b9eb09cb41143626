"""Exit 0 when something the tests can use is here: ``found.py chromium``, ``found.py postgres URL``."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> bool:
    if any(shutil.which(name) for name in NAMES):
        return True
    with suppress(Exception):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            return Path(playwright.chromium.executable_path).exists()
    return False


def postgres(url: str) -> bool:
    import psycopg

    with suppress(psycopg.Error):
        psycopg.connect(url, connect_timeout=3).close()
        return True
    return False


if __name__ == "__main__":
    sys.exit(not globals()[sys.argv[1]](*sys.argv[2:]))
