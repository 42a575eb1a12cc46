"""How things look: themes, and a style sheet for the frame and for each screen."""

from pathlib import Path

FOLDER = Path(__file__).parent


def sheet(name: str) -> Path:
    """Return the path of a style sheet, such as ``sheet("counter")``."""
    return FOLDER / f"{name}.tcss"
