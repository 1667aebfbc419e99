"""What the computer lacks: a library that is missing or broken, memory. A sentence in place of a bug."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from orgmap.errors import OrgmapError
from orgmap.i18n import names, text

NEEDED = {  # what cannot be done without; the module that tells, and the name to install it by
    "numpy": "numpy",
    "scipy.sparse": "scipy",
    "networkx": "networkx",
    "python_calamine": "python-calamine",
    "xlsxwriter": "XlsxWriter",
    "defusedxml": "defusedxml",
    "charset_normalizer": "charset-normalizer",
    "platformdirs": "platformdirs",
}
_LOST = text("library", "{libraries} cannot be loaded: not installed here, or damaged.")
_MEMORY = text("library", "There is not enough memory for this map.")
_INSTALL = text("library", "This installs it anew: {line}")


@contextmanager
def demanded() -> Iterator[None]:
    """Raise OrgmapError for a lack of memory, and, with what to install, for a library that does not load."""
    try:
        yield
    except MemoryError as error:
        raise OrgmapError(_MEMORY()) from error
    except ImportError as error:
        lost = [name for module, name in NEEDED.items() if not _loads(module)]
        if not lost:
            raise
        line = f"{sys.executable} -m pip install --force-reinstall {' '.join(lost)}"
        raise OrgmapError(_LOST(libraries=names(lost)), hint=_INSTALL(line=line)) from error


def _loads(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True
