"""Where the controls of a page are, measured as a finger would: JavaScript, to be evaluated in a page."""

DEEP = """
const host = element => element.parentNode instanceof ShadowRoot ? element.parentNode.host : element.parentNode
const closest = (element, selector) => {
    while (element && !(element.matches && element.matches(selector))) element = host(element)
    return element
}
const within = (element, outer) => {
    while (element && element !== outer) element = host(element)
    return Boolean(element)
}
const all = (root, selector) => [...root.querySelectorAll('*')].flatMap(element => [
    ...(element.matches(selector) ? [element] : []), ...(element.shadowRoot ? all(element.shadowRoot, selector) : [])
])
const at = (x, y) => {
    let [found, root] = [null, document]
    while (root) {
        const next = root.elementFromPoint(x, y)
        if (!next || next === found) break
        found = next
        root = found.shadowRoot
    }
    return found
}
const named = element => element.localName + '.' + (element.getAttribute('class') || '').slice(0, 30) + ' "'
    + (element.getAttribute('aria-label') || element.textContent || element.title || '').trim().slice(0, 40) + '"'
"""
FAULTS = f"""() => {{
    {DEEP}
    // What a finger means to hit: of a checkbox its label, of a field the box around it.
    const target = control => control.matches('input[type=checkbox], input[type=radio]') ? control.closest('label')
        : control.closest('[data-testid=stSelectbox] > div')
        || control.matches('input') && control.closest('[data-testid=stNumberInputContainer]') || control
    const shown = element => element.checkVisibility({{ opacityProperty: true, visibilityProperty: true }})
        && element.getBoundingClientRect().width > 1
    const controls = new Set(all(document.querySelector('[data-testid=stApp]'), 'button, a[href], input, [role=button]')
        .filter(control => !control.matches('[data-testid=stSkipToContent], [data-testid=stSidebar] *, h1 a, h3 a'))
        .map(target).filter(element => element && shown(element)))
    const faults = []
    const main = document.querySelector('[data-testid=stMain]')
    for (const root of [document.documentElement, main])
        if (root.scrollWidth > root.clientWidth) faults.push(`${{root.localName}} is ${{root.scrollWidth}} px wide`)
    const coarse = matchMedia('(pointer: coarse)').matches
    for (const element of controls) {{
        element.scrollIntoView({{ block: 'center', inline: 'nearest' }})
        const box = element.getBoundingClientRect()
        const said = `${{named(element)}} at ${{Math.round(box.left)}}..${{Math.round(box.right)}}`
        const column = closest(element, '[data-testid=stColumn]')?.getBoundingClientRect()
        const [left, right] = [Math.max(0, column?.left ?? 0), Math.min(innerWidth, column?.right ?? innerWidth)]
        if (box.left < left - 1 || box.right > right + 1)
            faults.push(`${{said}} is outside of ${{Math.round(left)}}..${{Math.round(right)}}`)
        const hit = at(box.left + box.width / 2, box.top + box.height / 2)
        if (!hit || !within(hit, element) && !within(element, hit))
            faults.push(`${{said}} is covered by ${{hit && named(hit)}}`)
        // Grids that are one picture: what their cells do can be done by larger controls, too.
        const least = element.matches('.mark, .tiles button, .lane') ? 20 : 40
        if (coarse && Math.min(box.width, box.height) < least - 0.5)
            faults.push(`${{said}} is ${{box.width.toFixed(1)}} x ${{box.height.toFixed(1)}} px`)
    }}
    return {{ faults, controls: controls.size }}
}}"""
"""How many controls there are, and what is wrong with them: wider than the page or their column, covered by something
when they are scrolled to, or too small for a finger. Nothing is taken for granted of where they stand."""
WHOLE = f"""() => {{
    {DEEP}
    const [canvas] = all(document.querySelector('.st-key-digit-canvas'), 'canvas.upper-canvas')
    canvas.scrollIntoView({{ block: 'center' }})
    const box = canvas.getBoundingClientRect()
    const column = closest(canvas, '[data-testid=stColumn]').getBoundingClientRect()
    const faults = []
    if (Math.abs(box.width - box.height) > 1) faults.push('not square')
    const right = Math.min(column.right, innerWidth)
    if (box.left < column.left - 1 || box.right > right + 1) faults.push('wider than its column')
    for (const [x, y] of [[0, 0], [1, 0], [0, 1], [1, 1], [0.5, 0.5]]) {{
        const hit = at(box.left + 5 + x * (box.width - 10), box.top + 5 + y * (box.height - 10))
        if (hit !== canvas) faults.push(`at ${{x}}, ${{y}} there is ${{hit && named(hit)}}`)
    }}
    return faults
}}"""
"""What is wrong with the canvas: it can be drawn on as a whole, without scrolling."""
