"""One browser as the server sees it: Streamlit's own protocol over its websocket, without a page to show."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

from tools.load.line import PATIENCE, Line, LineCutError, NoAnswerError

SERVED = re.compile(r"(?:component|_stcore/bidi-components)/[\w./-]+")
"""Files that a component's data or its script names."""
ADDRESS = "address"
"""How the keys of the components begin that keep the address line."""
READINGS = ("live-reading", "scores-reading")
"""Keys of the components that show the answer, of networks with capsules and without."""


class Answer(NamedTuple):
    """What came of a message."""

    seconds: float
    """Until the end of the run."""
    received: int
    """Bytes."""


class Seen(NamedTuple):
    """What there is to be lost with a replica."""

    address: str
    """The parameters of the address: digit, pose, and the rest."""
    winner: int | None
    """The class that was read."""


class Client:
    """A page that is open; `opened` makes it."""

    def __init__(self, line: Line, url: str) -> None:
        self._line, self._url = line, url
        self._states: dict[str, WidgetState] = {}
        self._shown: dict[str, BidiComponent] = {}
        self._fragments: dict[str, str] = {}
        self._ids: set[str] = set()
        self._cache: dict[str, tuple[ForwardMsg, int]] = {}
        self._runs = 0
        self._age = 2
        self._page = ""
        self._address = ""
        self.pages: dict[str, str] = {}
        """Hashes of the app's pages, by their path."""
        self.files: set[str] = set()
        """What a browser would fetch besides, below the app's address."""

    async def open(self, path: str = "") -> Answer:
        """The first run, of the page at a path; "": the first one."""
        return await self._ask(self._request(page_name=path))

    async def go(self, path: str) -> Answer:
        """A click on a link of the navigation."""
        return await self._ask(self._request(page=self.pages[path]))

    async def cut_within(self, seconds: float) -> bool:
        """Waits, unless the line is cut meanwhile; whether it was."""
        return await self._line.cut_within(seconds)

    async def come_back(self) -> Answer:
        """What a browser does whose line was cut: a new line, and a run from its address, with all that it knows."""
        await self._line.reopen()
        return await self._ask(self._request())

    def data(self, key: str) -> dict[str, Any]:
        """What a component was told last, by its key.

        Raises:
            KeyError: there is none on this page.
        """
        found: dict[str, Any] = json.loads(self._shown[key].json)
        return found

    def has(self, key: str) -> bool:
        """Whether there is a component of this key on the page."""
        return key in self._shown

    def seen(self) -> Seen:
        """What the page shows."""
        reading = next((key for key in READINGS if self.has(key)), None)
        return Seen(self._address, self.data(reading)["winner"] if reading else None)

    async def state(self, key: str, **values: Any) -> Answer:
        """What a component says by `setStateValue`."""
        return await self._ask(self.message(key, **values))

    def message(self, key: str, **values: Any) -> BackMsg:
        """The same, to be sent by `send`."""
        element = self._shown[key].id
        self._states[element] = WidgetState(id=element, json_value=json.dumps(values))
        return self._request(fragment=self._fragments.get(key, ""))

    async def trigger(self, key: str, event: str, value: Any) -> Answer:
        """What a component says by `setTriggerValue`."""
        element = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{self._shown[key].id}{EVENT_DELIM}events"
        said = WidgetState(id=element, json_trigger_value=json.dumps([{"event": event, "value": value}]))
        return await self._ask(self._request(said, fragment=self._fragments.get(key, "")))

    async def send(self, message: BackMsg) -> None:
        """Says something without waiting for the answer."""
        await self._line.send(message.SerializeToString())

    async def runs_begun(self, seconds: float) -> int:
        """How many runs begin within so many seconds, whatever they show."""
        count = 0
        with suppress(TimeoutError, LineCutError):
            async with asyncio.timeout(seconds):
                while True:
                    count += ForwardMsg.FromString(await self._line.receive()).WhichOneof("type") == "new_session"
        return count

    def _request(self, *said: WidgetState, page: str = "", page_name: str = "", fragment: str = "") -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash, state.page_name = page or self._page, page_name
        state.fragment_id, state.query_string = fragment, self._address
        state.widget_states.widgets.extend([*self._states.values(), *said])
        state.cached_message_hashes.extend(self._cache)
        state.context_info.url = self._url
        state.context_info.locale, state.context_info.timezone = "en-GB", "Europe/London"
        state.context_info.color_scheme = "light"
        return message

    async def _ask(self, message: BackMsg) -> Answer:
        began = time.perf_counter()
        try:
            await self.send(message)
            async with asyncio.timeout(PATIENCE):
                received = await self._answered()
        except TimeoutError as error:
            raise NoAnswerError(f"no answer within {PATIENCE:.0f} s") from error
        return Answer(time.perf_counter() - began, received)

    async def _answered(self) -> int:
        """Waits for the end of the run that began with what was just sent; bytes received meanwhile."""
        received, begun, whole = 0, False, False
        while True:
            data = await self._line.receive()
            received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun, whole = True, not message.metadata.run.fragment_ids
                self._begin(message, whole)
            elif kind == "navigation":
                self._navigate(message)
            elif kind == "ref_hash":
                self._take(self._cache[message.ref_hash][0])
            elif kind == "delta":
                self._take(message)
            elif kind == "script_finished" and begun and message.script_finished != _EARLY:
                self._finish(whole)
                return received

    def _begin(self, message: ForwardMsg, whole: bool) -> None:
        self._age = message.new_session.config.max_cached_message_age or self._age
        self._page = message.new_session.page_script_hash
        if whole:
            self._ids.clear()
            self._shown.clear()

    def _navigate(self, message: ForwardMsg) -> None:
        self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        self._page = message.navigation.page_script_hash

    def _take(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable:
            self._cache[message.hash] = (message, self._runs)
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise NoAnswerError(f"{element.exception.type}: {element.exception.message}")
        identity = getattr(getattr(element, kind), "id", "") if kind else ""
        self._ids.add(identity)
        if kind == "bidi_component":
            key = identity.split("-", 2)[2]
            self._shown[key] = element.bidi_component
            self._fragments[key] = message.delta.fragment_id
            self.files |= set(SERVED.findall(element.bidi_component.json + element.bidi_component.js_content))

    def _finish(self, whole: bool) -> None:
        """As the browser does: what is gone says nothing more, and what was not sent for two runs is forgotten."""
        kept = [self.data(key) for key in self._shown if key.startswith(ADDRESS)]
        self._address = max(kept, key=lambda data: data["moment"], default={"parameters": self._address})["parameters"]
        if whole:
            self._runs += 1
            self._states = {name: state for name, state in self._states.items() if name in self._ids}
            self._cache = {name: kept for name, kept in self._cache.items() if self._runs - kept[1] <= self._age}


_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Client]:
    """A browser's line to the app at a URL, which has asked for nothing yet."""
    async with Line(url) as line:
        yield Client(line, url)
