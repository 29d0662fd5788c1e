"""Someone at a page who sends what no browser would."""

from __future__ import annotations

import json
import math
import random
from typing import Any, NamedTuple

from streamlit.components.v2.bidi_component.constants import EVENT_DELIM
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX

from tools.fuzz.values import WORDS
from tools.load.client import Client
from tools.load.line import Line

EVENTS = (
    "shown", "stage", "follow", "focus", "look", "iterate", "step", "rested", "click", "released", "undo", "failed",
    "keep", "read", "wish", "narrow", "chosen", "set",
)  # fmt: skip
"""What components say."""
FLOATS = (0.0, -1.0, 7.0, 2.0**31, 1e308, math.nan, math.inf)
BROKEN = ("{", "[1,", "nul", '{"a": 1e', "[" * 3000, '{"a":' * 3000, "9" * 5000, '"\\ud800"', "")
"""Text that is no JSON, or no JSON that anything could be made of."""


class Hostile(NamedTuple):
    """A message that nobody would send."""

    message: BackMsg
    foreign: bool
    """Whether Streamlit itself can make nothing of it, before the app hears of it: a value of another kind than the
    widget's, text that is no JSON, a part of a page that there is not. It then shows its error to the sender."""


class Stranger(Client):
    """A page that is open to someone who sends what they like."""

    def __init__(self, line: Line, url: str) -> None:
        super().__init__(line, url)
        self.widgets: dict[str, str] = {}
        """What kind each is that was shown, also on pages before."""

    def _take(self, message: ForwardMsg) -> None:
        super()._take(message)
        for shown in (message.delta.new_element, message.delta.add_block):
            kind = shown.WhichOneof("type")
            if kind and (identity := getattr(getattr(shown, kind), "id", "")):
                self.widgets[identity] = kind

    async def say(self, message: BackMsg) -> None:
        """Sends a message and waits for the end of its run."""
        await self._ask(message)

    def hostile(self, chance: random.Random, values: list[Any], *, foreign: bool) -> Hostile:
        """A message that nobody would send; what is foreign is so to Streamlit itself."""
        parts = [self._fragments.get(key, "") for key in self._shown]
        moves = chance.random() < 0.05
        fragment = chance.choice(("nobody", "")) if foreign else "" if moves else chance.choice(["", *parts])
        message = self._request(fragment=fragment)
        state = message.rerun_script
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            state.widget_states.widgets.append(
                _foreign(self._any(chance), chance) if foreign else self._said(chance, values)
            )
        if chance.random() < 0.1:
            words = (f"{name}={_sent(chance)}" for name in ("digit", "network", "pose", "lang", "x"))
            state.query_string = "&".join(words)
        if moves:
            state.page_script_hash, state.page_name = chance.choice(("", "0" * 32)), _sent(chance)
        if chance.random() < 0.05:
            state.context_info.url, state.context_info.locale = _sent(chance), _sent(chance)
        return Hostile(message, foreign)

    def _any(self, chance: random.Random) -> str:
        return chance.choice([*self.widgets, "$$ID-nobody"])

    def _said(self, chance: random.Random, values: list[Any]) -> WidgetState:
        """What a widget says, of its own kind."""
        element = self._any(chance)
        said = WidgetState(id=element)
        match self.widgets.get(element):
            case "selectbox" | "tab_container":
                said.string_value = _sent(chance)
            case "number_input":
                said.double_value = chance.choice((0, -1, 7, 10, 1e9, -1e308, 2.5))
            case "slider":
                said.double_array_value.data.extend([chance.choice(FLOATS)] * chance.choice((0, 1, 2, 10_000)))
            case "button_group":
                said.string_array_value.data.extend([_sent(chance)] * chance.choice((0, 1, 2, 1000)))
            case "checkbox" | "expandable" | "popover":
                said.bool_value = chance.random() < 0.8
            case "file_uploader":
                info = said.file_uploader_state_value.uploaded_file_info.add()
                info.file_id, info.name, info.size = _sent(chance), _sent(chance), 2**40
            case "button" | "download_button":
                said.trigger_value = True
            case "bidi_component":
                return _component(element, chance, chance.choice(values))
        return said


def _component(element: str, chance: random.Random, value: Any) -> WidgetState:
    """What a component says: something as what it is, or of what happened."""
    event, text = chance.choice(EVENTS), json.dumps(value)
    if chance.random() < 0.5:
        return WidgetState(id=element, json_value=text if chance.random() < 0.2 else f'{{"{event}": {text}}}')
    name = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{element}{EVENT_DELIM}events"
    said = text if chance.random() < 0.2 else f'[{{"event": "{event}", "value": {text}}}]'
    return WidgetState(id=name, json_trigger_value=said)


def _foreign(element: str, chance: random.Random) -> WidgetState:
    """What widgets of some other kind say, or nobody."""
    said, number = WidgetState(id=element), chance.choice(FLOATS)
    match chance.randrange(8):
        case 0:
            said.json_value = chance.choice(BROKEN)
        case 1:
            said.int_value = chance.choice((0, -1, 10**9, 2**62))
        case 2:
            said.double_value = number
        case 3:
            said.string_value = _sent(chance)
        case 4:
            said.double_array_value.data.extend([number] * chance.choice((0, 1, 2, 10_000)))
        case 5:
            said.string_array_value.data.extend([_sent(chance)] * chance.choice((1, 2, 1000)))
        case 6:
            said.json_trigger_value = chance.choice(BROKEN)
        case 7:
            said.bytes_value = b"\xff" * 100
    return said


def _sent(chance: random.Random) -> str:
    """A word that protobuf takes: it knows no halves of characters."""
    return chance.choice(WORDS).encode("utf-8", "replace").decode()
