"""The command line: `python -m capsnet train | evaluate | pen | info | trace`."""

from capsnet.cli import main

main()
