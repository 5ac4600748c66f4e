"""The notebooks run from top to bottom against the shipped samples, and are committed without outputs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
pytest.importorskip("ipykernel", reason="needs ipykernel")
pytest.importorskip("matplotlib", reason="the notebooks draw with matplotlib")

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SAMPLES = sorted((FOLDER / "samples").glob("*.txt"))


def test_all_notebooks_and_samples_are_there() -> None:
    """Four notebooks and at least eight samples ship, and five samples are about the same event."""
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]
    assert len(SAMPLES) >= 8
    assert (
        sum("Kessel terminal" in p.read_text("utf-8") or "Kessel crane" in p.read_text("utf-8") for p in SAMPLES) == 5
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_have_a_headline_and_the_length_of_news(path: Path) -> None:
    """A sample is a headline, an empty line, and 200 to 400 words in all."""
    headline, blank, *_ = path.read_text("utf-8").splitlines()
    assert headline
    assert not blank
    assert 200 <= len(path.read_text("utf-8").split()) <= 400


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    """No cell keeps an output or a count, and the kernel is any Python 3."""
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.filterwarnings("default")  # jupyter's own warnings are not framelens's
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell runs, and none writes a warning to stderr."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    work = tmp_path / "notebooks"
    shutil.copytree(FOLDER / "samples", work / "samples")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=50, kernel_name="python3", resources={"metadata": {"path": work}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert not [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]
