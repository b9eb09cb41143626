"""Other people's packages, read where they are and never copied: left out where they are absent."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "hsds"

needs_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason=f"the HSDS samples are not here ({SAMPLES}); see docs/hsds.md"
)
