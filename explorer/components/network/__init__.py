"""The network in the browser: from what is on the canvas to what the network says of it."""
