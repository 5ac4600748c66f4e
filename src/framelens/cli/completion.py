"""What the shell offers for models, categories and entries, in bash, zsh and fish."""

from __future__ import annotations

from importlib.resources import files

import click
from click.shell_completion import CompletionItem

__all__ = ["complete_category", "complete_model", "complete_term"]


def complete_model(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The models that are shipped, ``none``, and folders."""
    shipped = [folder.name for folder in files("framelens.models").iterdir() if (folder / "MODEL_CARD.md").is_file()]
    names = sorted({*shipped, "none"} - {"learned_terms"})
    found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="dir")]


def complete_category(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The categories of entries."""
    from framelens.lexicon import CATEGORIES

    return [CompletionItem(name) for name in CATEGORIES if name.startswith(incomplete)]


def complete_term(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Categories, and the ids of the built-in entries with their first forms."""
    from framelens.lexicon import builtin_lexicon

    entries = (entry for entry in builtin_lexicon().entries if entry.id.startswith(incomplete))
    return [
        *complete_category(ctx, param, incomplete),
        *(CompletionItem(entry.id, help=entry.forms[0]) for entry in entries),
    ]
