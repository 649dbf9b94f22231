"""The script that every submission must pass: whole, runnable, and never without its proofs."""

import os
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / ".ci" / "run"


def test_script_is_sound_and_can_be_run() -> None:
    assert os.access(SCRIPT, os.X_OK)
    ran = subprocess.run(["bash", "-n", str(SCRIPT)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_tests_start_only_after_the_proof_that_there_is_no_way_out() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    assert script.count("make test\n") == 1
    proof = [script.index(part) for part in ("ip link set lo up", "192.0.2.1", "127.0.0.1", "exec make test")]
    assert proof == sorted(proof)
    assert script.rstrip().endswith("exec unshare --net -- bash .ci/run --inside")


def test_every_program_that_it_needs_is_installed_where_missing() -> None:
    script = SCRIPT.read_text(encoding="utf-8")
    for need in ("git:git", "make:make", "ip:iproute2", "unshare:util-linux", "chromium:chromium"):
        assert need in script
    assert "fonts-liberation" in script
    assert "python3-pip" in script
