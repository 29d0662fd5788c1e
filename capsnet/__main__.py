"""The command line: `python -m capsnet train | evaluate | pen | info | card | trace`."""

import sys

try:
    from capsnet.cli import main

    main()
except KeyboardInterrupt:  # while PyTorch is still being loaded, which takes a second or two
    sys.exit(130)
