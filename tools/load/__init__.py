"""A class at the app's door: how long each waits, and what it costs the server."""
