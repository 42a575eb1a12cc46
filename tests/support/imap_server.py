"""A real IMAP server (Debian's dovecot) in a folder of its own, if it is installed."""

import getpass
import imaplib
import os
import pwd
import shutil
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.certificates import HOST, Certificates
from tests.support.smtp_server import PASSWORD, USER, free_port

PROGRAM = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
MISSING = "dovecot is not installed (apt-get install dovecot-imapd): no IMAP server to talk to"
_STARTS = 15.0
"""Seconds that the server gets to answer."""
_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = {host}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
ssl_min_protocol = TLSv1.2
mail_location = maildir:{folder}/mail
first_valid_uid = {uid}
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the server listens, and a way to put letters in."""

    tls_port: int
    starttls_port: int
    authority: Path

    def put(self, *letters: bytes) -> None:
        """Deliver letters."""
        with self._client() as client:
            for letter in letters:
                answer, _data = client.append("INBOX", "", "", letter)
                assert answer == "OK"

    def seen(self) -> int:
        """Return how many letters are marked as seen."""
        with self._client() as client:
            client.select("INBOX", readonly=True)
            _answer, data = client.search(None, "SEEN")
        return len(data[0].split())

    def _client(self) -> imaplib.IMAP4_SSL:
        context = ssl.create_default_context(cafile=str(self.authority))
        client = imaplib.IMAP4_SSL(HOST, self.tls_port, ssl_context=context, timeout=10)
        client.login(USER, PASSWORD)
        return client


@contextmanager
def imap_server(certificates: Certificates) -> Iterator[Mailbox]:
    """Run a server with one mailbox."""
    assert PROGRAM is not None
    # Not in pytest's folder: the server's own users have to get in.
    folder = Path(tempfile.mkdtemp(prefix="hallterm-imap-"))
    folder.chmod(0o755)
    mailbox = Mailbox(free_port(), free_port(), certificates.authority)
    _configure(folder, mailbox, certificates)
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(folder / "dovecot.conf")])  # noqa: S603 - fixed
    try:
        _await(mailbox, process, folder)
        yield mailbox
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path, mailbox: Mailbox, certificates: Certificates) -> None:
    me = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwnam(getpass.getuser())
    root = os.geteuid() == 0
    for name in ("home", "mail"):
        (folder / name).mkdir()
        if root:
            os.chown(folder / name, me.pw_uid, me.pw_gid)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", "ascii")
    text = _CONFIG.format(
        folder=folder,
        host=HOST,
        certificate=certificates.certificate,
        key=certificates.key,
        uid=me.pw_uid,
        gid=me.pw_gid,
        internal="dovecot" if root else me.pw_name,
        login="dovenull" if root else me.pw_name,
        group="dovecot" if root else _group(me.pw_gid),
        starttls_port=mailbox.starttls_port,
        tls_port=mailbox.tls_port,
    )
    (folder / "dovecot.conf").write_text(text, "utf-8")


def _group(gid: int) -> str:
    import grp  # noqa: PLC0415 - only without root

    return grp.getgrgid(gid).gr_name


def _await(mailbox: Mailbox, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _STARTS
    while time.monotonic() < until:
        assert process.poll() is None, (folder / "log").read_text("utf-8")
        with suppress(OSError, imaplib.IMAP4.error), mailbox._client():
            return
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text("utf-8"))
