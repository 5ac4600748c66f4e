"""The command line: parse, call, print, exit code; nothing else."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any

import click

from framelens import __version__
from framelens.errors import FramelensError, InputError, LexiconError, ModelError

__all__ = ["main"]

_COMMANDS = ("score", "corpus", "compare", "lexicon", "train", "evaluate", "serve")

#: 0 done · 2 wrong usage · 3 some input could not be read · 4 a lexicon or model was refused
EXIT_INPUT = 3
EXIT_REFUSED = 4


class _Commands(click.Group):
    """Imports a command's module when it is called, so that ``--help`` and scoring start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"framelens.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - holds for every name in _COMMANDS
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command, so that what the system refuses reaches `main`; click would end on a closed pipe itself."""
        try:
            code = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except OSError as error:
            raise _SystemError(error) from error
        return code


class _SystemError(Exception):
    """An `OSError` of a command, which click does not know."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="framelens")
def framelens() -> None:
    """Show whose words an article uses, which are loaded, and where its own voice editorializes.

    \b
    framelens score article.txt
    framelens score https://example.org/story -f html -o story.html
    framelens corpus articles.jsonl.gz -o scored/ --workers 2
    framelens compare scored/ --by outlet

    Tab completion: eval "$(_FRAMELENS_COMPLETE=bash_source framelens)" (or zsh_source, fish_source).
    """


def main() -> None:
    """Run the command line; foreseen failures, also the system's, become one message and an exit code."""
    try:
        code = framelens.main(standalone_mode=False)
    except click.exceptions.Abort:
        print("interrupted", file=sys.stderr)  # noqa: T201
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except _SystemError as failure:
        code = _refused(failure.error)
    except (LexiconError, ModelError) as error:
        code = _fail(error, EXIT_REFUSED)
    except InputError as error:
        code = _fail(error, EXIT_INPUT)
    except FramelensError as error:
        code = _fail(error, 2)
    sys.exit(code if isinstance(code, int) else 0)


def _refused(error: OSError) -> int:
    """What the system refused: a message, unless the reader went away (`| head`), for what it wanted it has."""
    if sys.stdout is not None:
        # What is still held for a full disk or a closed pipe would be tried once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if error.errno == errno.EPIPE:
        return 0
    place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    click.echo(f"framelens: {place}{error.strerror or error}", err=True)
    return EXIT_INPUT


def _fail(error: FramelensError, code: int) -> int:
    click.echo(f"framelens: {error}", err=True)
    return code
