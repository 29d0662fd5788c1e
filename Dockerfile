# syntax=docker/dockerfile:1
# The explorer on a server: docker build --tag capsnet-explorer . (docs/deploying.md)

FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt .
# PyTorch without CUDA from its own index, then the rest; the app itself is copied, not installed.
RUN python -m venv /opt/venv \
    && grep '^torch' requirements.txt > torch.txt \
    && grep -v '^-e' requirements.txt > others.txt \
    && /opt/venv/bin/pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cpu -r torch.txt \
    && /opt/venv/bin/pip install --no-cache-dir -r others.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home explorer
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
# Compiled once here, since the file system is read-only later; what is written goes to /tmp.
RUN /opt/venv/bin/python -m compileall -q capsnet explorer
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none
USER 10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"STREAMLIT_SERVER_PORT\"]}/_stcore/health', timeout=4)"]
ENTRYPOINT ["streamlit", "run", "explorer/app.py", "--"]
CMD ["--metrics", "0.0.0.0:9100", "--log-readings"]
