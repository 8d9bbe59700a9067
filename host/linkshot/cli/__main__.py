"""`python -m linkshot.cli`, for where the script is not on the PATH."""

import sys

from linkshot.cli.main import main

sys.exit(main())
