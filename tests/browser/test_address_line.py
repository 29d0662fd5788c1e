"""The address line takes what is newest, of the session that is there now."""

from __future__ import annotations

from tests.browser.modules import ModulePage
from tests.browser.modules import module_page as module_page
from tests.browser.modules import modules as modules


def test_an_older_part_of_a_page_does_not_write_over_a_newer_but_another_session_does(modules: ModulePage) -> None:
    code = """
        const told = [["a=1", "s", 7], ["a=2", "s", 5], ["a=3", "s", 9], ["a=4", "t", 2], ["a=5", "t", 1]]
        return told.map(one => (m.keepAddress(...one), location.search))
    """
    assert modules.run("share_link/address.js", code) == ["?a=1", "?a=1", "?a=3", "?a=4", "?a=4"]
