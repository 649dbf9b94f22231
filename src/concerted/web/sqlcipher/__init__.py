"""Django's SQLite backend on SQLCipher: encrypted on disk, and of a current version (decision 0004)."""
