"""The peers' own virtual environment: torch, transformers, OpenVINO and Pillow, about 6 GB."""

import os
import pathlib
import subprocess
import sys

PACKAGES = ["torch==2.11.0", "transformers", "openvino", "safetensors", "pillow"]


def enter_venv(folder: pathlib.Path) -> None:
    """Runs the calling script again with the environment's Python, making the environment first if need be."""
    python = folder / "bin" / "python"
    if pathlib.Path(sys.prefix) == folder.resolve():
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    environment = dict(os.environ, OMP_WAIT_POLICY="passive", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    os.execve(python, [str(python), *sys.argv], environment)
