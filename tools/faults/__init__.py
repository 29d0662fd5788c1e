"""What goes wrong in a classroom, done on purpose: `make faults`."""
