"""What people take home of a reading: an animation, the numbers as files, and pages that need no internet."""
