"""What runs in the browser: a folder a component, each with its Python face and its scripts.

In each folder `component.py` is what the views call, and `component.js` the adapter that Streamlit calls; the modules
beside them know nothing of Streamlit. Scripts are ES modules; `register` joins those that one imports into one script.
"""
