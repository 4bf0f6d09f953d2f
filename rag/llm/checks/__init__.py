"""Whether quotes support a sentence that an LLM wrote: rules that can be redone by hand.

claim, quotes ─ verifier.py ─▶ its fault, or None
  amounts ◀─ numbers ◀─ units        vocabulary ◀─ words
  literals: addresses, commands, code ◀─ vocabulary
  reversals, exchanges, misplacements ◀─ clauses
instructions.py   sentences that speak to an LLM instead of a reader
"""
