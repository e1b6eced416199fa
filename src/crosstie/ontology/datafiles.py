"""Read YAML data files so that every later complaint can name the file and the line."""

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from crosstie.ontology.errors import DataFileError, InputError


class Section(dict[str, Any]):
    """A YAML mapping that remembers its file, its first line and the line of each key."""

    file: str
    line: int
    key_lines: dict[str, int]

    def fail(self, problem: str, remedy: str = "", *, key: str | None = None) -> DataFileError:
        """Return (not raise) an error that points at this section, or at one of its keys."""
        line = self.key_lines.get(key, self.line) if key else self.line
        return DataFileError(problem, file=self.file, line=line, remedy=remedy)

    def require(self, key: str, kind: type | tuple[type, ...] = str) -> Any:
        """Return the value at `key`; raise DataFileError when absent or of another type."""
        if key not in self:
            raise self.fail(f"`{key}` is missing", f"add `{key}:`")
        value = self[key]
        if not isinstance(value, kind):
            wanted = kind.__name__ if isinstance(kind, type) else "/".join(k.__name__ for k in kind)
            found = type(value).__name__
            raise self.fail(f"`{key}` is {found}, not {wanted}", "correct the value", key=key)
        return value

    def allow(self, keys: Iterable[str]) -> None:
        """Raise DataFileError on the first key outside `keys`: a misspelt key is never ignored."""
        known = set(keys)
        for key in self:
            if key not in known:
                raise self.fail(f"unknown key `{key}`", f"use one of {sorted(known)}", key=key)

    def one_of(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        """Return the value at `key`, which must be one of the choices."""
        if key not in self and default is not None:
            return default
        value = str(self.require(key))
        known = list(choices)
        if value not in known:
            raise self.fail(f"`{key}: {value}` is not known", f"use one of {known}", key=key)
        return value


class _Loader(yaml.CSafeLoader):
    """SafeLoader (libyaml's, ten times as fast as the one in Python) that makes Sections.

    Dates stay text, and duplicate keys are an error.
    """

    file = ""


def _construct_section(loader: _Loader, node: yaml.MappingNode) -> Section:
    section = Section()
    section.file = loader.file
    section.line = node.start_mark.line + 1
    section.key_lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        line = key_node.start_mark.line + 1
        if key in section:
            raise DataFileError(
                f"`{key}` stands twice", file=loader.file, line=line, remedy="remove one of the two"
            )
        section[key] = loader.construct_object(value_node, deep=True)
        section.key_lines[key] = line
    return section


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_section)
# A date in a data file may be partial ("2015"); YAML would turn full ones into date objects.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_data(path: Path | Traversable) -> Any:
    """Parse a YAML file; mappings come back as `Section`. Raises InputError or DataFileError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise InputError(problem, where=str(path), remedy="check the path") from error
    except UnicodeDecodeError as error:
        raise InputError("it is no text", where=str(path), remedy="save it as UTF-8") from error
    return parse_data(text, file=path.name)


def parse_data(text: str, *, file: str) -> Any:
    """Parse YAML text as `load_data` does; `file` is the name that errors give."""
    loader = _Loader(text)
    loader.file = file
    try:
        return loader.get_single_data()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DataFileError(
            "a control character, which YAML does not allow", file=file, line=line,
            remedy="remove it",
        ) from error  # fmt: skip
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DataFileError(
            f"not valid YAML: {error.problem}", file=file, line=line, remedy="correct the syntax"
        ) from error
    finally:
        loader.dispose()


def sections(value: object, *, file: str, what: str) -> list[Section]:
    """Return `value` as a list of Sections; raise DataFileError when it is anything else."""
    if isinstance(value, list) and all(isinstance(item, Section) for item in value):
        return value
    line = value.line if isinstance(value, Section) else 1
    raise DataFileError(
        f"expected a list of {what}", file=file, line=line, remedy="start each entry with `- `"
    )


def plain(value: object) -> Any:
    """Return a Section tree as ordinary dicts and lists, for JSON and comparison."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
