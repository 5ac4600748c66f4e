"""The README's own lines hold."""

import re
from pathlib import Path

from framelens.lexicon import load_lexicon

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_ci_runs_the_readmes_test_line():
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv") and "pytest" in line]
    assert len(lines) == 1
    assert r"python3 -m venv .* pytest" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_readme_scores_an_article_that_ships():
    assert (ROOT / re.search(r"framelens score (notebooks/\S+)", README)[1]).is_file()


def test_readme_lexicon_loads(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", README, re.DOTALL)[1], "utf-8")
    assert load_lexicon(path).entries[0].id == "fat-cat"


def test_readme_python_runs(capsys):
    exec(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1], {})  # noqa: S102 - the README is ours
    assert "disgraceful" in capsys.readouterr().out
