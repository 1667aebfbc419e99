"""A Chromium without a window, told what to do through two pipes: no port, no library, no network."""

from __future__ import annotations

import base64
import json
import os
import selectors
import subprocess
import time
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds for one answer
_FLAGS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
)


class BrowserError(Exception):
    """The browser did not do what it was told."""


class Tab:
    """One page in one browser, and all that it said of itself: `events` in their order."""

    def __init__(self, profile: Path, program: str = "chromium") -> None:
        down, self._down = os.pipe()
        self._up, up = os.pipe()
        flags = [*_FLAGS, f"--user-data-dir={profile}"]
        if os.name == "posix" and os.geteuid() == 0:
            flags.append("--no-sandbox")
        command = f'exec "$0" "$@" 3<&{down} 4>&{up}'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", command, program, *flags],
            pass_fds=(down, up),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(down)
        os.close(up)
        os.set_blocking(self._up, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._up, selectors.EVENT_READ)
        self._pending = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Security"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to one command. Raises BrowserError if it is refused or does not come."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._down, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for answer in self._heard(until - time.monotonic()):
                if answer.get("id") != self._number:
                    self.events.append(answer)
                elif "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                else:
                    result: dict[str, Any] = answer["result"]
                    return result
        raise BrowserError(f"{method}: no answer")

    def open(self, path: Path) -> float:
        """Open a file; the seconds until it was loaded and had drawn two frames."""
        self.events.clear()
        begun = time.monotonic()
        self.call("Page.navigate", url=path.resolve().as_uri())
        self.wait_for("Page.loadEventFired")
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return time.monotonic() - begun

    def wait_for(self, event: str) -> None:
        """Until the browser tells of an event."""
        until = time.monotonic() + PATIENCE
        while not any(heard.get("method") == event for heard in self.events):
            if time.monotonic() > until:
                raise BrowserError(f"{event} did not come")
            self.events += self._heard(0.2)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script answers
        """What an expression of JavaScript answers, once it has; outside the closed scope of the page."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def settle(self, seconds: float = 0.5) -> None:
        """Let animations end and the full picture be painted."""
        self.run(f"new Promise((done) => setTimeout(done, {round(seconds * 1000)}))")

    def size(self, width: int, height: int, *, touch: bool = False, ratio: float = 1.0) -> None:
        """A window of so many pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=ratio,
            mobile=touch,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)

    def prefer(self, **features: str) -> None:
        """Settings of the reader's system, as in prefer(color_scheme="dark")."""
        listed = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()
        ]
        self.call("Emulation.setEmulatedMedia", features=listed)

    def key(self, key: str, text: str = "", code: int = 0) -> None:
        """Press and let go of one key; `text` is what it types, `code` its number on Windows."""
        common: dict[str, Any] = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, words: str) -> None:
        """Type words into what has the focus."""
        for letter in words:
            self.key(letter, letter)

    def mouse(self, kind: str, x: float, y: float, **more: object) -> None:
        """One event of the mouse: mousePressed, mouseMoved, mouseReleased or mouseWheel."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def click(self, x: float, y: float) -> None:
        """One click of the left button."""
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, x, y, button="left", clickCount=1)

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 8) -> None:
        """The left button held from one point to another."""
        self.mouse("mousePressed", *start, button="left", clickCount=1)
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
            self.mouse("mouseMoved", x, y, button="left", buttons=1)
        self.mouse("mouseReleased", *end, button="left", clickCount=1)

    def picture(self, path: Path) -> None:
        """What is to be seen now, as a PNG."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def paper(self, path: Path) -> None:
        """The page as it is printed, as a PDF."""
        data = self.call("Page.printToPDF", printBackground=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self) -> None:
        """End the browser."""
        try:
            self._session = ""
            self.call("Browser.close")
            self._process.wait(10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait(10)
        finally:
            self._selector.close()
            os.close(self._down)
            os.close(self._up)

    def _heard(self, seconds: float) -> list[dict[str, Any]]:
        """What came within so many seconds."""
        if self._selector.select(max(seconds, 0.0)):
            try:
                data = os.read(self._up, 1 << 20)
            except BlockingIOError:
                return []
            if not data:
                raise BrowserError("the browser ended")
            self._pending += data
        *whole, self._pending = self._pending.split(b"\0")
        return [json.loads(part) for part in whole]
