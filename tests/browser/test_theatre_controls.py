"""What plays the theatre, in a real browser and without the app or Plotly: it stands in for the chart."""

from __future__ import annotations

from tests.browser.modules import ModulePage, module_page, modules

__all__ = ["module_page", "modules"]
MODULES = "theatre_controls/theatre.js theatre_controls/player.js theatre_controls/plot.js theatre_controls/follower.js"
CHART = """
    const done = [], waiting = []
    const act = what => (chart, argument) => {
        done.push([what, JSON.stringify(argument)].join(" "))
        return given?.slow ? new Promise((resolve, reject) => waiting.push({ resolve, reject })) : Promise.resolve()
    }
    window.Plotly = { animate: act("animate") }
    const frames = ["1", "1+1", "2", "2+1", "3"]
    const newChart = () => {
        const chart = document.createElement("div")
        chart.data = ["scatter", "heatmap", "bar", "heatmap"].map(type => ({ type }))
        chart._transitionData = { _frames: frames.map(name => ({ name })) }
        document.body.append(chart)
        return chart
    }
    const turn = () => new Promise(resolve => setTimeout(resolve))
"""
"""A chart whose drawing takes until it is told that it is done, where `slow` is given."""
THEATRE = (
    CHART
    + """
    const names = "play slowly play_slowly pause back on slider"
    const words = Object.fromEntries(names.split(" ").map(name => [name, name]))
    const told = { frames, words: { ...words, between: "{step} to {next}" }, spoken: ["first", "second", "third"] }
    const root = document.createElement("div")
    document.body.append(root)
    const theatre = new m.Theatre()
    const button = name => root.querySelector(`[aria-label="${name}"]`)
"""
)


def test_only_the_newest_of_what_is_wanted_meanwhile_is_drawn(modules: ModulePage) -> None:
    code = (
        CHART
        + """
        const plot = new m.Plot(newChart())
        for (const frame of ["1", "1+1", "2"]) plot.show(frame)
        plot.show("no such frame")
        while (waiting.length) {
            waiting.shift().resolve()
            await turn()
        }
        return done
    """
    )
    drawn = modules.run(MODULES, code, {"slow": True})
    assert drawn == ['animate ["1"]', 'animate ["2"]']


def test_a_chart_that_goes_while_it_is_drawn_is_no_error(modules: ModulePage) -> None:
    code = (
        CHART
        + """
        const ends = []
        for (const happens of [(chart, _) => chart.remove(), (_, plot) => plot.end(), () => {}]) {
            const chart = newChart(), plot = new m.Plot(chart)
            const shown = plot.show("1").then(() => "fine", () => "an error")
            happens(chart, plot)
            waiting.shift().reject()
            ends.push(await shown)
        }
        return ends
    """
    )
    assert modules.run(MODULES, code, {"slow": True}) == ["fine", "fine", "an error"]


def test_the_frame_goes_on_to_the_next_chart(modules: ModulePage) -> None:
    code = (
        THEATRE
        + """
        theatre.look(2) // before there are controls
        theatre.control(root, told)
        await theatre.adopt(newChart())
        await turn()
        const first = done.splice(0)
        const coming = newChart(), drawn = coming._transitionData
        coming._transitionData = null // not drawn yet
        const adopted = theatre.adopt(coming)
        await turn()
        const meanwhile = done.splice(0)
        coming._transitionData = drawn
        await adopted
        await turn()
        const then = done.splice(0)
        await theatre.adopt(coming)
        const same = done.splice(0)
        coming.data = coming.data.slice() // given anew
        await theatre.adopt(coming)
        await turn()
        return [first, meanwhile, then, same, done]
    """
    )
    first, meanwhile, then, same, anew = modules.run(MODULES, code)
    assert (same, anew) == ([], then)
    assert first == ['animate ["2"]']
    assert meanwhile == []
    assert then == ['animate ["2"]']


def test_buttons_stay_where_the_digit_is_another(modules: ModulePage) -> None:
    code = (
        THEATRE
        + """
        theatre.control(root, told)
        const before = [...root.querySelectorAll("button, input")]
        theatre.control(root, { ...told, spoken: ["uno", "due", "tre"] })
        const kept = before.every(element => element.isConnected)
        const text = root.querySelector("input").getAttribute("aria-valuetext")
        theatre.control(root, { ...told, frames: ["1"], spoken: ["one"] })
        return [kept, text, [...root.querySelectorAll("button, input")].map(element => element.className)]
    """
    )
    assert modules.run(MODULES, code) == [True, "tre", []]


def test_a_step_goes_to_an_iteration_and_tells_where_it_rests(modules: ModulePage) -> None:
    code = (
        THEATRE
        + """
        const rests = [], slider = () => root.querySelector("input")
        theatre.rested = iteration => rests.push(iteration)
        theatre.control(root, told)
        const press = key => slider().dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }))
        const steps = [() => press("ArrowRight"), () => press("ArrowLeft"), () => button("back").click(),
            () => button("back").click(), () => button("on").click(), () => press("PageUp"), () => press("x")]
        const places = steps.map(step => { step(); return slider().value })
        slider().value = 3
        slider().dispatchEvent(new Event("input"))
        const between = slider().getAttribute("aria-valuetext")
        slider().dispatchEvent(new Event("change"))
        button("back").click()
        return [places.join(" "), between, slider().value, rests]
    """
    )
    places, between, last, rests = modules.run(MODULES, code)
    assert places == "4 2 0 0 2 4 4"
    assert (between, last) == ("2 to 3", "2")
    assert rests == [3, 2, 1, 1, 2, 3, 2, 2]


def test_where_motion_is_reduced_only_iterations_are_played(modules: ModulePage) -> None:
    code = """
        const frames = ["1", "1+1", "2", "2+1", "3"]
        const positions = (first, reduced) =>
            m.played(frames, first, { slowness: 1, reduced }).map(({ position }) => position).join("")
        const long = m.played(frames, 0, { slowness: 3, reduced: false }).map(({ lasts }) => lasts)
        const short = m.played(frames, 0, { slowness: 1, reduced: false }).map(({ lasts }) => lasts)
        return [positions(0, false), positions(1, false), positions(0, true), positions(1, true),
            long.every((lasts, k) => lasts === 3 * short[k])]
    """
    assert modules.run(MODULES, code) == ["01234", "1234", "024", "124", True]


FOLLOWED = """
        const went = [], sent = []
        const theatre = { look: iteration => went.push(iteration) }
        const follower = new m.Follower(theatre)
        const server = (iteration, heard) => follower.follow({ iteration, heard }, message => sent.push(message))
        server(3, 0)
"""


def test_the_server_is_followed_once_it_has_heard_all(modules: ModulePage) -> None:
    code = (
        FOLLOWED
        + """
        theatre.rested(3) // it knows
        theatre.rested(2)
        server(3, 0) // an older word
        theatre.rested(1)
        server(2, sent[0].sent - 1)
        server(1, sent[1].sent)
        server(1, sent[1].sent)
        server(2, sent[1].sent) // chosen there
        return [went, sent.map(({ iteration }) => iteration)]
    """
    )
    assert modules.run(MODULES, code) == [[3, 2], [2, 1]]


def test_the_server_is_followed_although_the_clock_is_set_back(modules: ModulePage) -> None:
    code = (
        FOLLOWED
        + """
        theatre.rested(2)
        Date.now = () => 0
        theatre.rested(1)
        server(1, sent[1].sent)
        server(2, sent[1].sent)
        return [went, sent[1].sent > sent[0].sent]
    """
    )
    assert modules.run(MODULES, code) == [[3, 2], True]


def test_an_iteration_of_the_next_chart_is_waited_for(modules: ModulePage) -> None:
    code = (
        THEATRE
        + """
        theatre.control(root, told)
        const start = theatre.player.frame
        theatre.look(5)
        const before = theatre.player.frame
        theatre.control(root, { ...told, frames: ["1", "2", "3", "4", "5"], spoken: ["a", "b", "c", "d", "e"] })
        return [start, before, theatre.player.frame]
    """
    )
    assert modules.run(MODULES, code) == ["3", "3", "5"]
