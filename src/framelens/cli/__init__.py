"""The command line: parse, call, print, exit code; nothing else."""

from __future__ import annotations

import sys
from importlib import import_module

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
    """Run the command line; foreseen failures become one message and an exit code."""
    try:
        code = framelens.main(standalone_mode=False)
    except click.exceptions.Abort:
        print("interrupted", file=sys.stderr)  # noqa: T201
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        # The reader went away (`| head`); what it wanted it has.
        sys.stderr.close()
        code = 0
    except (LexiconError, ModelError) as error:
        code = _fail(error, EXIT_REFUSED)
    except InputError as error:
        code = _fail(error, EXIT_INPUT)
    except FramelensError as error:
        code = _fail(error, 2)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(error: FramelensError, code: int) -> int:
    click.echo(f"framelens: {error}", err=True)
    return code
