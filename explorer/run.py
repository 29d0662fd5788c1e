"""What Streamlit runs for each visitor, at each visit and each change: from the session to the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from capsnet.config import CapsNetConfig
from capsnet.errors import CapsNetError
from explorer import networks, observing
from explorer.collection import leave_out_what_stays
from explorer.components.keyboard_focus import keep_focus
from explorer.components.live import served
from explorer.components.page_language import set_page_language
from explorer.components.viewport import is_narrow, watch_viewport
from explorer.concurrency import admitted
from explorer.digit_library import DigitLibrary, example_digit, first_example, fitted
from explorer.networks import Network
from explorer.palette import palette
from explorer.reading import Reading
from explorer.session import Session, address
from explorer.session.current import current, forget
from explorer.session.digit import EMPTY
from explorer.text import Say, font_faces, language_for, tag
from explorer.views.frame import header, panel, sources
from explorer.views.pages import PAGES, Page
from explorer.views.visit import Visit

VIEWPORT = "viewport"
COLUMNS = (280, 904)  # widths of the digit panel and of the page; Streamlit would show a string that stands here


def main() -> None:
    """One run: the session and its network, the digit panel, the page, and the address that holds it all."""
    st.set_page_config(page_icon=panel.icon(), layout="wide")  # before pages, whose icons Streamlit fetches elsewhere
    _style()
    try:
        session = current(_begin)
        network = networks.load(session.network)
    except CapsNetError as error:
        _refuse(error)
    leave_out_what_stays()
    session.use(network.name, network.digest)
    say = Say(session.language)

    def render(page: Page) -> None:
        if reading is None:
            sources.invite(session, network, say(f"{page.name}.empty"), say)
        else:
            dark = st.context.theme.type == "dark"
            addresses = {page.name: entry for page, entry in zip(shown, entries, strict=True)}
            page.render(Visit(session, network, reading, say, palette(dark), is_narrow(VIEWPORT), addresses))

    shown = [page for page in PAGES if issubclass(network.reads, page.needs)]
    entries = [_entry(page, render, say, default=page is shown[0]) for page in shown]
    chosen = _chosen(entries, shown, say)
    observing.looking_at(page=chosen.url_path or shown[0].name)
    st.set_page_config(page_title=say("app.tab", page=chosen.title))
    top = header.render(session, network, say)
    with st.container(key="desk"):  # app.css says where its columns stand side by side
        left, right = st.columns(COLUMNS, gap="medium")
    with left:
        reading = _panel(session, network, say)
    _phone_pages(entries)
    _dress(session.language)
    watch_viewport(VIEWPORT)
    keep_focus("keyboard-focus")
    with right:
        _told(session, say)
        chosen.run()
    header.share(top, session, chosen.url_path, say)
    served(session.digits.heard, key="served")


def _told(session: Session, say: Say) -> None:
    """What there is to say of the link that was opened."""
    for notice in session.take_notices(of="link."):
        st.info(say.markdown(notice.key, **notice.values), icon=":material/link_off:")


def _begin() -> Session:
    """A session as the address says, or one with the first example."""
    parameters = st.query_params.to_dict()
    network = networks.load(parameters.get("network", "").rpartition("-")[0])
    first = first_example(network.classes)
    given = {"lang": language_for(st.context.locale), **parameters}
    digits = DigitLibrary(network.frame)
    return address.opened(given, _bounds(network), digits, example_digit(first) if first else EMPTY)


def _bounds(network: Network) -> address.Bounds:
    config = network.card.config
    primary, pose = (config.primary_capsules, config.digit_pose) if isinstance(config, CapsNetConfig) else (0, 0)
    size = network.frame.size
    return address.Bounds(network.name, network.digest, len(network.classes), primary, pose, size)


def _style() -> None:
    for style in ("app.css", "print.css"):
        st.html(Path(__file__).with_name(style))


def _dress(language: str) -> None:
    """The page in a language: what the browser calls it, and the fonts of its script."""
    set_page_language(tag(language), key="page-language")
    if faces := font_faces(language):
        st.html(f"<style>{faces}</style>")


def _entry(page: Page, render: Callable[[Page], None], say: Say, *, default: bool) -> st.Page:
    return st.Page(
        lambda: render(page),
        title=say(f"{page.name}.title"),
        icon=f":material/{page.icon}:",
        help=say(f"{page.name}.help"),
        url_path=page.name if not default else "first",  # never seen: the default page's path is empty
        default=default,
    )


def _left_out(page: Page, say: Say) -> st.Page:
    """A page that the network at work can't fill: it stays at its address, in case another network is chosen."""
    title = say(f"{page.name}.title")
    message = say("app.no_capsules", page=title, compare=say("compare.title"))

    def step_back() -> None:
        st.info(message)

    return st.Page(step_back, title=title, url_path=page.name, visibility="hidden")


def _chosen(entries: list[st.Page], shown: list[Page], say: Say) -> st.Page:
    """The page at the address. The first one's path is empty, and people write what it is called."""
    named = st.Page(lambda: None, title=entries[0].title, url_path=shown[0].name, visibility="hidden")
    left_out = [_left_out(page, say) for page in PAGES if page not in shown]
    chosen = st.navigation([*entries, *left_out, named], position="top")
    if chosen == named:
        st.switch_page(entries[0], query_params=st.query_params.to_dict())
    return chosen


def _panel(session: Session, network: Network, say: Say) -> Reading | None:
    """The digit panel; returns what the network makes of the session's digit, where there is one."""
    with st.container(key="panel", gap="xsmall"):
        with st.container(key="panel-draw", gap="xsmall"):
            panel.canvas(session, network, say)
        reading = _read(session, network)
        with st.container(key="panel-answer", gap="xsmall"):
            panel.answer(session, network, reading, say)
    return reading


def _phone_pages(entries: list[st.Page]) -> None:
    """The navigation where Streamlit hides its own."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="phone-pages"):
        for entry in entries:
            st.page_link(entry, width="content")


def _read(session: Session, network: Network) -> Reading | None:
    """What the network makes of the session's digit, where there is one."""
    digit = session.digit
    observing.looking_at(source=type(digit.origin).__name__)
    image = None if digit.image is None else fitted(digit.image, network.frame)
    return None if image is None else network.reading(image, session.choices.iterations)


def _refuse(error: CapsNetError) -> None:
    """Says what is wrong with a network or with the command that named it, and offers the others there are.

    The digit comes along in the address.
    """
    observing.failed(error.kind)
    say = Say(language_for(st.context.locale))
    _dress(say.language)
    values = {name: str(value) for name, value in error.values.items()}
    st.error(say.markdown(f"errors.{error.kind}", **values), icon=":material/error:")
    try:
        others = [name for name, file in networks.available().items() if file != error.values.get("file")]
    except CapsNetError:
        others = []

    def choose(name: str) -> None:
        st.query_params["network"] = f"{name}-"
        forget()

    for name in others:
        st.button(say.markdown("errors.other", name=name), on_click=choose, args=(name,), key=f"other-{name}")
    st.stop()


with observing.run(), admitted():
    main()
