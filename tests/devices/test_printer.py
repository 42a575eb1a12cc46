"""A printer gets the bytes, or the person at the terminal gets a sentence; in bounded time."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from hallterm.configuration.printer_target import (
    DevicePrinter,
    FilePrinter,
    NetworkPrinter,
)
from hallterm.devices import print_slip, slip
from tests.devices.slips import issued


class LoopbackPrinter:
    """A printer on the loopback network: takes one connection and keeps what it got."""

    def __init__(self) -> None:
        self.got = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._take)
        self._thread.start()

    def _take(self) -> None:
        link, _ = self._listener.accept()
        with link, link.makefile("rb") as stream:
            self.got = stream.read()

    def close(self) -> None:
        self._thread.join()
        self._listener.close()


def test_a_network_printer_gets_every_byte() -> None:
    printer = LoopbackPrinter()
    data = slip(issued()) * 1000
    assert print_slip(NetworkPrinter("127.0.0.1", printer.port), data) is None
    printer.close()
    assert printer.got == data


def test_a_printer_that_is_off_is_news() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    trouble = print_slip(NetworkPrinter("127.0.0.1", port), b"x")
    assert trouble is not None
    assert f"127.0.0.1:{port}" in trouble.sentence


def test_a_printer_that_takes_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        began = time.monotonic()
        target = NetworkPrinter("127.0.0.1", listener.getsockname()[1])
        trouble = print_slip(target, b"x" * 50_000_000, patience=0.3)
        assert time.monotonic() - began < 2
    assert trouble is not None
    assert "没有回应" in trouble.sentence


def test_a_name_that_cannot_be_one_is_news() -> None:
    assert print_slip(NetworkPrinter("a" * 300 + ".invalid", 9100), b"x") is not None


def test_a_name_that_is_never_looked_up_does_not_hold_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()

    def never(*_: object, **__: object) -> list[object]:
        released.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", never)
    trouble = print_slip(NetworkPrinter("printer.example", 9100), b"x", patience=0.1)
    released.set()
    assert trouble is not None


def test_slips_are_added_to_a_file(tmp_path: Path) -> None:
    target = FilePrinter(tmp_path / "slips" / "today.bin")
    assert print_slip(target, b"one") is None
    assert print_slip(target, b"two") is None
    assert target.path.read_bytes() == b"onetwo"


def test_a_file_that_cannot_be_written_is_news(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert print_slip(FilePrinter(tmp_path / "file" / "slips.bin"), b"x") is not None
    assert print_slip(FilePrinter(tmp_path), b"x") is not None


def test_a_device_gets_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    assert print_slip(DevicePrinter(path), b"slip") is None
    assert os.read(reader, 100) == b"slip"
    os.close(reader)


def test_a_device_nobody_reads_is_given_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    assert print_slip(DevicePrinter(path), b"x") is not None  # no printer behind it
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    began = time.monotonic()
    trouble = print_slip(DevicePrinter(path), b"x" * 1_000_000, patience=0.2)
    assert time.monotonic() - began < 2
    os.close(reader)
    assert trouble is not None
    assert "没有回应" in trouble.sentence


def test_a_missing_device_is_not_made(tmp_path: Path) -> None:
    assert print_slip(DevicePrinter(tmp_path / "lp0"), b"x") is not None
    assert not (tmp_path / "lp0").exists()
