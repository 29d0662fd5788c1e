"""Firefox and WebKit, driven from outside: by Firefox's own Marionette, and by WebKitGTK's WebDriver."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Driver(Protocol):
    """A browser that is driven from outside."""

    def open(self, address: str) -> None:
        """Opens a page."""

    def run(self, script: str) -> Any:
        """What a script in the page returns."""

    def act(self, actions: list[dict[str, Any]]) -> None:
        """Pointer and keys, as WebDriver's "actions" have them."""


class Firefox:
    """By Marionette, which is part of Firefox."""

    def __init__(self, marionette: Any) -> None:
        self._marionette = marionette

    def open(self, address: str) -> None:
        """As `Driver`."""
        self._marionette.navigate(address)

    def run(self, script: str) -> Any:
        """As `Driver`."""
        return self._marionette.execute_script(script, sandbox=None)

    def act(self, actions: list[dict[str, Any]]) -> None:
        """As `Driver`."""
        self._marionette._send_message("WebDriver:PerformActions", {"actions": actions})


class WebKit:
    """By WebDriver."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        """As `Driver`."""
        self._driver.get(address)

    def run(self, script: str) -> Any:
        """As `Driver`."""
        return self._driver.execute_script(script)

    def act(self, actions: list[dict[str, Any]]) -> None:
        """As `Driver`."""
        self._driver.execute("actions", {"actions": actions})


@contextmanager
def firefox() -> Iterator[tuple[str, Driver]]:
    """Firefox without a window.

    Raises:
        LookupError: it is not here.
    """
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if not path:
        raise LookupError("no firefox-esr and no firefox")
    try:
        from marionette_driver.marionette import Marionette
    except ImportError as error:
        raise LookupError(f'pip install -e ".[browsers]": {error}') from error
    marionette = Marionette(bin=path, headless=True, gecko_log=os.devnull, prefs={"intl.accept_languages": "en"})
    marionette.start_session()
    try:
        yield f"Firefox {marionette.session_capabilities['browserVersion']}", Firefox(marionette)
    finally:
        marionette.cleanup()


@contextmanager
def webkit() -> Iterator[tuple[str, Driver]]:
    """WebKitGTK's own small browser, in the window that is there or in Xvfb's.

    Raises:
        LookupError: it is not here.
    """
    path = shutil.which("WebKitWebDriver")
    if not path:
        raise LookupError("no WebKitWebDriver")
    try:
        from selenium import webdriver
    except ImportError as error:
        raise LookupError(f'pip install -e ".[browsers]": {error}') from error
    with _display():
        driver = webdriver.WebKitGTK(service=webdriver.WebKitGTKService(executable_path=path))
        try:
            driver.set_window_size(1280, 900)
            yield f"WebKitGTK {driver.capabilities['browserVersion']}", WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def _display() -> Iterator[None]:
    """A screen for those that have no headless mode, where there is none."""
    if "DISPLAY" in os.environ:
        yield
        return
    path = shutil.which("Xvfb")
    if not path:
        raise LookupError("no screen, and no Xvfb")
    with subprocess.Popen([path, "-displayfd", "1", "-screen", "0", "1280x960x24"], stdout=subprocess.PIPE) as screen:
        number = screen.stdout.readline().decode().strip() if screen.stdout else ""
        os.environ["DISPLAY"] = f":{number}"
        try:
            yield
        finally:
            del os.environ["DISPLAY"]
            screen.terminate()
