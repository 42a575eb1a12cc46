"""A copy of a form for somebody: with the whole customer, or masked; what a file carries inside."""

from pydantic import Field, ValidationError

from hallterm.domain.frozen import Frozen
from hallterm.forms.content import Customer, FormContent, canonical
from hallterm.forms.sealing import Seal
from hallterm.forms.text import Line

SHAPE = 1


class FormCopy(Frozen):
    """Everything that a page is drawn from. The same copy gives the same file, byte for byte."""

    shape: int = SHAPE
    content: FormContent
    seals: tuple[Seal, ...] = Field(default=(), max_length=2)
    customer: Customer | None = None
    """None in a masked copy."""
    reader: Line = ""
    """For whom the copy was made, such as 协助营业厅."""

    def seal(self, part: str) -> Seal | None:
        """Return the seal of a part."""
        return next((seal for seal in self.seals if seal.part == part), None)

    @property
    def attachment(self) -> bytes:
        """The copy as it is carried inside its own file."""
        return canonical(self)


def read_copy(data: bytes) -> FormCopy | None:
    """Read what a file carries; None when it isn't a copy that this program has written."""
    try:
        copy = FormCopy.model_validate_json(data)
    except ValidationError:
        return None
    return copy if copy.shape == SHAPE and copy.attachment == data else None
