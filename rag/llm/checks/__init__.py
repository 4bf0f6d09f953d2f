"""Whether quotes support a sentence that an LLM wrote: rules that can be redone by hand.

claim, quotes ─ verifier.py ─▶ its fault, or None
  amounts ◀─ numbers ◀─ units        vocabulary ◀─ words
  literals: addresses, commands, code ◀─ vocabulary
  reversals, exchanges, misplacements ◀─ clauses
  subjects: what is said of all is said of each ◀─ all of these
instructions.py   sentences that speak to an LLM instead of a reader
"""
