"""`python -m concerted` is the `concerted` command."""

import gc

from concerted.cli.main import main

gc.disable()  # one command, then an end: a look for cycles among millions of rows takes a tenth of the time
raise SystemExit(main())
