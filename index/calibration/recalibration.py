"""Puts another calibration into an index that is built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from entrywise.data.errors import IndexUnusable
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.generations.lease import current_manifest, hold
from entrywise.index.generations.publication import drafted, share
from entrywise.index.layout import Layout, Manifest, read_manifest


def recalibrate(root: Path, calibration: Calibration, *, of: str) -> Manifest:
    """Publish a generation that differs from the current one by its calibration alone; its files
    are shared where the file system can. Who has the index open keeps the one that was.

    Args:
        of: the generation that the calibration was made for.

    Raises:
        IndexMissing: there is no index, or it cannot be written.
        IndexDamaged: its manifest cannot be read.
        IndexUnusable: it was built anew meanwhile.
    """
    current_manifest(root)
    with drafted(root) as draft:
        with hold(root) as lease:
            manifest = read_manifest(lease.folder)
            if manifest.generation != of:
                raise IndexUnusable(
                    f"the index in {str(root)!r} was built anew meanwhile; calibrate it again"
                )
            for name in manifest.files:
                share(lease.folder / name, draft.folder / name)
            manifest = replace(manifest, calibration=calibration).write(Layout(draft.folder))
        draft.publish(manifest.generation)
    return manifest
