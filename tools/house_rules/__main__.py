"""`python -m tools.house_rules [FOLDER]`: print what breaks a rule, one a line; exit 1 when anything does."""

import sys
from pathlib import Path

from tools.house_rules.rules import check
from tools.house_rules.tree import kept_files


def main(arguments: list[str]) -> int:
    root = Path(arguments[0]) if arguments else Path(__file__).parents[2]
    findings = list(check(kept_files(root)))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
