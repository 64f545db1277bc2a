"""`python -m kadernota` is the command `kadernota`."""

from kadernota.cli import main

raise SystemExit(main())
