"""Texts as a form keeps them."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from hallterm.domain.shown_text import line, paragraphs

Line = Annotated[str, AfterValidator(line)]
Paragraphs = Annotated[str, AfterValidator(paragraphs)]
Number = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
"""Number of a form: capital letters, digits and hyphens, so that it can be a file's name."""
