"""Programs around the project: its README's pictures, the browser of its tests, and experiments for its model cards."""
