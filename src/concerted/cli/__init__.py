"""The `concerted` command, a file a verb."""
