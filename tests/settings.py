"""Django's settings in the tests. CONCERTED_TEST_STORE: the address of a PostgreSQL server; without it, or empty, the
tests run on the embedded store, in a file of their own with a key of its own."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

_POSTGRESQL = os.environ.get("CONCERTED_TEST_STORE", "")
_FOLDER = tempfile.mkdtemp(prefix="concerted-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ |= {
    "CONCERTED_STORE": _POSTGRESQL or str(Path(_FOLDER) / "store.sqlite"),
    "CONCERTED_STORE_KEY": secrets.token_hex(32),
    "CONCERTED_SECRET": secrets.token_hex(32),
    "CONCERTED_HOSTS": "",
}

from concerted.web.settings import *  # noqa: E402, F403 -- the environment comes first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes a fifth of a second each
if not _POSTGRESQL:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_FOLDER) / "tested.sqlite")}  # noqa: F405
