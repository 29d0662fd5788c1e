"""The capsule network in the browser: JavaScript modules that know nothing of Streamlit, and its weights packed."""
