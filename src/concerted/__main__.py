"""`python -m concerted` is the `concerted` command."""

from concerted.cli.main import main

raise SystemExit(main())
