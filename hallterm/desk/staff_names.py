"""Names of the staff, looked up once until an account changes."""

from hallterm.desk.accounts import staff_names
from hallterm.desk.desk import Desk
from hallterm.desk.reception_views import StaffName


class StaffNames:
    """工号 → how a member of staff is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: dict[str, str] = {}
        self._as_of = -1

    def __getitem__(self, staff_id: str) -> StaffName:
        """Return 工号 and name; a machine has no name."""
        if self._as_of != self._desk.replica.company_seq:
            self._names = staff_names(self._desk)
            self._as_of = self._desk.replica.company_seq
        return StaffName(staff_id, self._names.get(staff_id, ""))
