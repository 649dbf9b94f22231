"""What stands in somebody's file, as it may be printed on a terminal."""

RAW_SHOWN = 160  # characters of what stands in the file; --json and --csv have all


def short(raw: str) -> str:
    """The text, or its beginning and how long it is."""
    return raw if len(raw) <= RAW_SHOWN else f"{raw[:RAW_SHOWN]} ... ({len(raw):,} characters)"


def printable(line: str) -> str:
    """One line, without anything in it that steers a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)
