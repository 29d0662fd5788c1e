"""What runs in the browser: one folder a component, each with its Python face and its scripts."""
