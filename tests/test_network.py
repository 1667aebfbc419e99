"""No connection is ever opened. What the whole program does is watched in `ui/test_self_test`."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.program import environment
from tests.quiet import noted, watched
from tests.test_house import imports, modules, within

FORBIDDEN = (
    *("PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "asyncio", "ftplib", "http"),
    *("imaplib", "nntplib", "poplib", "requests", "smtplib", "socketserver", "ssl", "telnetlib"),
    *("urllib.request", "webbrowser", "xmlrpc"),
)
SOCKETS = {  # who may import `socket`, and what of it
    "orgmap.ui.os_signals": {"socketpair"},  # wakes the event loop of this very process
    "orgmap.files.claims": {"gethostname"},  # what this computer calls itself, for the lock file
}
OPENS = {"openUrl", "setOpenExternalLinks", "setOpenLinks"}  # what hands an address to another program
TRIES = """
import socket, urllib.request
for one in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: urllib.request.urlopen("http://127.0.0.1:9"),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
):
    try:
        one()
    except OSError as error:
        assert "no network" in str(error), error
    else:
        raise AssertionError("it went through")
import PySide6.QtNetwork
"""


def reaching_out(name: str, source: str) -> list[str]:
    """What in a module could open a connection, or have another program open one."""
    tree = ast.parse(source)
    found = [f"{name}: imports {i}" for i in imports(tree) if any(within(i, bad) for bad in FORBIDDEN)]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of_socket = isinstance(node.value, ast.Name) and node.value.id == "socket"
            if node.attr in OPENS or (of_socket and node.attr not in SOCKETS.get(name, set())):
                found.append(f"{name}:{node.lineno}: {node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module == "socket":
            found.append(f"{name}:{node.lineno}: takes something out of socket")
    return found


def test_no_module_could_open_a_connection_or_an_address() -> None:
    assert [line for name, source in modules().items() for line in reaching_out(name, source)] == []


def test_a_module_that_could_is_seen() -> None:
    for source in (
        "from PySide6.QtNetwork import QTcpSocket",
        "import urllib.request",
        "import http.client",
        "import socket\nsocket.create_connection(('example.org', 80))",
        "from socket import create_connection",
        "QDesktopServices.openUrl(QUrl('http://example.org'))",
    ):
        assert reaching_out("orgmap.files.claims", source)


def test_a_process_that_asks_for_a_network_is_refused_and_noted(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TRIES], env=environment(**watched(tmp_path)), capture_output=True, check=False
    )

    told = noted(tmp_path)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert told[0] == "begun"
    assert {"socket.getaddrinfo", "socket.__new__", "Qt's"} <= {line.split()[0] for line in told}
