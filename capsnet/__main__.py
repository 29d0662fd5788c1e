"""The command line: `python -m capsnet train | evaluate | pen | info | card | trace`."""

from capsnet.cli import main

main()
