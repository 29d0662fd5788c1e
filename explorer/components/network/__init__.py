"""The capsule network in the browser: plain JavaScript, and its weights packed for it."""
