"""The one way out: mail, and the list of calls to make."""
