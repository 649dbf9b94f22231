"""The page of networks and findings: what it shows (`data`), where the marks of its charts stand, the page itself."""
