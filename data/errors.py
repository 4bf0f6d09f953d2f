"""The errors of Entrywise: one tree, so that a caller can catch at the level it cares about.

    EntrywiseError
    ├── KnowledgeBaseError    a knowledge base cannot be read, or holds something wrong
    ├── IndexUnusable         there is no index to answer from          (exit code 3)
    │   ├── IndexMissing      nothing there, or it cannot be written
    │   ├── IndexDamaged      there, but truncated, altered or of another version
    │   ├── DomainMissing     it names a domain that is not installed
    │   └── EncoderMissing    it names an encoder that is not installed
    ├── QuestionError         the question is empty or far too long     (exit code 2)
    ├── SettingsError         a setting is unknown or has a wrong value (exit code 2)
    │   └── RerankerMissing   it names a reranker that cannot be opened
    ├── ClusterError          a cluster cannot be reached, or loses what it is given
    ├── BackendError          the LLM gave no usable answer             (exit code 4, if it must)
    └── CallError             a program called wrongly
        ├── ArgumentError     an argument is out of range               (a ValueError)
        ├── ArgumentTypeError an argument is of a wrong type            (a TypeError)
        ├── EntryUnknown      no entry has this id                      (a KeyError)
        └── AssistantClosed   it was closed before                      (a RuntimeError)

A message is one line: what was found, why it is wrong, and the remedy.
"""


class EntrywiseError(Exception):
    """The root of every error that Entrywise raises on purpose."""


class KnowledgeBaseError(EntrywiseError):
    """A knowledge base cannot be read, or holds something wrong."""


class IndexUnusable(EntrywiseError):
    """There is no index to answer from."""


class IndexMissing(IndexUnusable):
    """No index at the given place, or no place to put one."""


class IndexDamaged(IndexUnusable):
    """An index that is truncated, altered, or written by another version."""


class DomainMissing(IndexUnusable):
    """An index, or a knowledge base, names a domain that no installed package brings."""


class EncoderMissing(IndexUnusable):
    """An index, or `--model`, names an encoder that no installed package brings."""


class QuestionError(EntrywiseError, ValueError):
    """The question is empty or far too long."""


class SettingsError(EntrywiseError, ValueError):
    """A setting is unknown or has a wrong value."""


class RerankerMissing(SettingsError):
    """The setting `reranker` names none that can be opened here."""


class BackendError(EntrywiseError):
    """The LLM that was to write an answer gave none, or none that holds."""


class ClusterError(EntrywiseError):
    """The cluster that was to embed cannot be reached, has no room, or loses what it is given."""


class CallError(EntrywiseError):
    """A program called Entrywise wrongly: the mistake is in its code."""


class ArgumentError(CallError, ValueError):
    """An argument is out of range."""


class ArgumentTypeError(CallError, TypeError):
    """An argument is of a wrong type."""


class EntryUnknown(CallError, KeyError):
    """No entry has this id, no section of one this name."""

    # A KeyError shows its message in quotes.
    __str__ = Exception.__str__


class AssistantClosed(CallError, RuntimeError):
    """An assistant is used after it was closed."""
