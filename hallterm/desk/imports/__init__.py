"""Importing customers from a file (客户导入)."""

from hallterm.desk.imports.run import (
    Imported,
    Listener,
    Progress,
    RefusedRow,
    import_customers,
)

__all__ = ["Imported", "Listener", "Progress", "RefusedRow", "import_customers"]
