"""An index on disk: generations that never change, and one pointer to the one that is read.

DIR/
  current      the name of the generation that is read
  3f0c…/       a generation, named by a digest of its manifest: the files of `Layout`
  lock         held by who builds
  .build-…/    what is being built, or what a killed build left

build ─ publication ─▶ a generation, then the pointer ─▶ lease ─ held by a reader ─▶ verification
        swept: what nobody holds                                                      structure

A reader follows the pointer once and opens every file below the generation that it holds, so it
never has files of two. Who builds writes a folder of its own, and replaces one file: a process that
is killed leaves the old index or the new one, and rubbish that the next build sweeps.
"""
