"""Pictures: arrays in, a plotly Figure out, one kind of picture a file. Nothing here knows Streamlit."""
