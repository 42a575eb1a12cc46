"""A round of the fax folder: what waits is put there, each page once."""

from pathlib import Path

from hallterm.desk.desk import Desk
from hallterm.devices.fax import put_fax
from hallterm.domain.shown_text import line
from hallterm.store.connection import reading, writing
from hallterm.store.log import to_ms
from hallterm.store.post import faxes

_LONGEST = 200


def file_faxes(desk: Desk, folder: Path) -> int:
    """Put every page that waits into the fax server's folder; return how many were put there.

    A page whose process died before it could be noted is put there again under the same name.

    Raises:
        StoreFaultError: the store could not be written.
    """
    with reading(desk.connection) as connection:
        pages = faxes.waiting(connection)
    put = 0
    for page in pages:
        try:
            path = put_fax(folder, page.id, page.number, page.target, page.page)
        except OSError as error:
            with writing(desk.connection) as connection:
                faxes.failed(connection, page.id, line(error.strerror or str(error))[:_LONGEST])
            continue
        with writing(desk.connection) as connection:
            faxes.filed(connection, page.id, path.name, to_ms(desk.clock.now()))
        put += 1
    return put
