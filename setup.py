"""Builds the package; with its index inside where ENTRYWISE_WITH_INDEX is set:

    ENTRYWISE_WITH_INDEX=1 python -m build --wheel --no-isolation

Such a wheel answers at once. pyproject.toml says all the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

# Run by the package that is being built, in a process of its own.
INDEX = """
import sys
from pathlib import Path
from entrywise.index.cache import index_name
from entrywise.rag.build import build_shipped_index
build_shipped_index(Path(sys.argv[1]) / index_name())
"""


class BuildWithIndex(build_py):
    """Copies the modules, and builds the index of the shipped glossary beside them if asked to."""

    def run(self) -> None:
        super().run()
        if os.environ.get("ENTRYWISE_WITH_INDEX"):
            folder = Path(self.build_lib, "entrywise", "index", "packaged").absolute()
            folder.mkdir(exist_ok=True)
            built = {**os.environ, "PYTHONPATH": str(Path(self.build_lib).absolute())}
            # Without -B the wheel would hold what this process compiled.
            subprocess.run([sys.executable, "-B", "-c", INDEX, folder], check=True, env=built)


setup(cmdclass={"build_py": BuildWithIndex})
