"""The Chromium that tests and tools drive: finds or installs it, and says which it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WITHOUT = (
    # What is shown below an address line, two pages of the browser's own, is loaded anew for each window, seen or not.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    # A process held ready for a page that seldom comes.
    "SpareRendererForSitePerProcess",
    # What Playwright switches off itself: of two such lists Chromium takes the last.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *(
        "HttpsFirstBalancedModeAutoEnable",
        "LensOverlay",
        "MediaRouter",
        "PaintHolding",
        "ThirdPartyStoragePartitioning",
    ),
    *("AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    f"--disable-features={','.join(_WITHOUT)}",
]
"""What Chromium is started with."""


def installed() -> str | None:
    """The path of a Chromium on this machine: the system's own, else the one Playwright downloaded."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110 - a plain string is all there is


def install() -> str:
    """A Chromium, installed where there is none: Playwright's own build, else the distribution's package."""
    commands = [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]]
    if apt := shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        commands += [[*sudo, apt, "update", "-q"], [*sudo, apt, "install", "-q", "-y", "chromium"]]
    for command in commands:
        if found := installed():
            return found
        subprocess.run(command, check=False)
    if found := installed():
        return found
    sys.exit("No Chromium was found, and none could be installed: install one so that `chromium` starts it.")


if __name__ == "__main__":
    print(install())
