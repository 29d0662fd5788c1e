"""ES modules joined into one script.

Streamlit loads a component's script from a Blob URL, where relative imports cannot be resolved. So the modules that a
script imports are put before it, in the order in which they need each other, without the words `import` and `export`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[^"]+)"\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_ENTRY = re.compile(r"^export default (?:async )?function\b", re.MULTILINE)
_DECLARATION = re.compile(r"^(export )?(?:async )?(?:function\*?|class|const|let|var) ([\w$]+)", re.MULTILINE)
_NOT_UNDERSTOOD = re.compile(r"^(?:import\b|export\b|(?:const|let|var) [\[{]).*", re.MULTILINE)


class ModuleError(ValueError):
    """Modules that cannot be joined into one script."""


@dataclass(frozen=True)
class Module:
    """One file of a script."""

    file: Path
    code: str
    """Without imports and exports; the `export default` of an entry script stays."""
    imports: dict[Path, tuple[str, ...]]
    """The files that it needs, and the names that it takes from each."""
    names: frozenset[str]
    """All that it declares at top level."""
    exports: frozenset[str]
    """Those that others may import."""
    entry: bool
    """It has an `export default`."""


def read_module(file: Path) -> Module:
    """A file with its imports and exports told apart from its code.

    Understood are `import { names } from "./file.js"`, `export` before a function, class, const or let, and
    `export default function` without a name.

    Raises:
        ModuleError: there is no such file, or it imports, exports or declares in another way.
    """
    if not file.is_file():
        raise ModuleError(f"there is no module {file}")
    text = file.read_text(encoding="utf-8")
    imports: dict[Path, tuple[str, ...]] = {}
    for names, address in _IMPORT.findall(text):
        found = (file.parent / address).resolve()
        imports[found] = imports.get(found, ()) + tuple(name.strip() for name in names.split(",") if name.strip())
    body = _IMPORT.sub("", text)
    code = _EXPORT.sub("", body)
    if odd := _NOT_UNDERSTOOD.search(_ENTRY.sub("", code)):
        raise ModuleError(
            f'{file.name}: expected `import {{ name }} from "./file.js"`, `export` before a declaration, or top-level '
            f"names declared one by one; got `{odd[0]}`"
        )
    declared = _DECLARATION.findall(body)
    return Module(
        file,
        code,
        imports,
        frozenset(name for _, name in declared),
        frozenset(name for exported, name in declared if exported),
        bool(_ENTRY.search(body)),
    )


def modules_of(entry: Path) -> list[Module]:
    """All modules of a script, each after those that it imports; the entry comes last.

    Raises:
        ModuleError: a file is missing, imports run in a circle, a name is imported that is not exported, or the
            entry's `export default` is missing or stands elsewhere.
    """
    found: dict[Path, Module] = {}
    _visit(entry.resolve(), (), found)
    modules = list(found.values())
    for module in modules:
        if module.entry != (module is modules[-1]):
            raise ModuleError(f"expected `export default` in {entry.name} alone; see {module.file.name}")
        for source, names in module.imports.items():
            if missing := sorted(set(names) - found[source].exports):
                raise ModuleError(f"{module.file.name} imports {', '.join(missing)}; not exported by {source.name}")
    return modules


def joined(entry: Path) -> str:
    """One script of an entry script and all that it imports.

    Raises:
        ModuleError: as `modules_of`, or two modules have a name in common, which one script cannot hold twice.
    """
    owners: dict[str, Module] = {}
    modules = modules_of(entry)
    for module in modules:
        for name in sorted(module.names):
            if name in owners:
                raise ModuleError(f"{name} stands in {owners[name].file.name} and in {module.file.name}: rename one")
            owners[name] = module
    return "\n".join(f"// {module.file.name}\n{module.code}" for module in modules)


def embedded(entry: Path, name: str) -> str:
    """The same as a plain script for a page of its own, which calls the entry's default export by `name`.

    Raises:
        ModuleError: as `joined`.
    """
    return _ENTRY.sub(f"function {name}", joined(entry), count=1)


def _visit(file: Path, path: tuple[Path, ...], found: dict[Path, Module]) -> None:
    if file in path:
        circle = " -> ".join(step.name for step in (*path[path.index(file) :], file))
        raise ModuleError(f"modules must not import in a circle; got {circle}")
    if file in found:
        return
    module = _from(file, path)
    for source in module.imports:
        _visit(source, (*path, file), found)
    found[file] = module


def _from(file: Path, path: tuple[Path, ...]) -> Module:
    try:
        return read_module(file)
    except ModuleError as error:
        if not path:
            raise
        raise ModuleError(f"{error} (imported by {path[-1].name})") from error
