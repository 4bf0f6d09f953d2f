"""Where indexes are kept, and how one is read: each kind of store is a folder of code.

registry.py ─ an address ─▶ Store ─ open ─▶ Generation ─▶ `Index`
                              └─ drafted ─▶ Draft: a build writes files, and publishes them
   folder/      a folder of files: FAISS, SQLite, arrays, all mapped
   postgres/    a database that many machines share: pgvector, tables
"""
