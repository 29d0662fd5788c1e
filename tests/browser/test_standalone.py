"""A figure taken home, opened in a real browser without the internet."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go
from playwright.sync_api import Browser, expect

from explorer.take_home.page import standalone_html


def test_a_figure_opens_and_plays_without_the_internet(browser: Browser, tmp_path: Path) -> None:
    frames = [go.Frame(name="2", data=[go.Bar(y=[7, 5, 3])], layout={"title_text": "second"})]
    play = {"type": "buttons", "buttons": [{"label": "Play", "method": "animate", "args": [["2"]]}]}
    figure = go.Figure(go.Bar(y=[2, 3, 5]), layout={"updatemenus": [play], "title_text": "first"}, frames=frames)
    file = tmp_path / "routing.html"
    file.write_bytes(standalone_html(figure, "A digit", "Its bars"))
    context = browser.new_context(offline=True)
    page, wanted = context.new_page(), []
    page.on("request", lambda request: wanted.append(request.url))
    page.goto(file.as_uri())
    expect(page.get_by_role("heading")).to_have_text("A digit")
    expect(page.locator(".bars .point")).to_have_count(3)
    expect(page.locator(".gtitle")).to_have_text("first")
    page.locator(".updatemenu-button").click()
    expect(page.locator(".gtitle")).to_have_text("second")
    assert wanted == [file.as_uri()]
    context.close()
