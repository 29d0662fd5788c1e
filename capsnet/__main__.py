"""The command line: `python -m capsnet train | evaluate | trace | info`."""

from capsnet.cli import main

main()
