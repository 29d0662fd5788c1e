"""The capsule network in the browser: plain JavaScript that knows nothing of the page, and its weights packed for it."""
