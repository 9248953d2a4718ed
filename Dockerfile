# The gateway from its wheel, as a user without rights. Holds no secret, no key and no setting.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
# For the console's style, script and fonts, which are held against the hashes of its package-lock.json.
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/dev.txt requirements/
RUN python -m venv /tools \
    && /tools/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY gateway gateway
COPY audit audit
COPY policies policies
COPY agreements agreements
RUN /tools/bin/python -m gateway.console.assets.build
RUN /tools/bin/python -m hatchling build -t wheel -d /wheel

FROM python:3.11-slim-bookworm
# Letters in PDF: Pango sets the text, the font has both languages.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/runtime.txt /tmp/runtime.txt
RUN python -m venv /opt/gateway \
    && /opt/gateway/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/runtime.txt \
    && rm /tmp/runtime.txt
COPY --from=build /wheel /wheel
RUN /opt/gateway/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-index /wheel/*.whl \
    && rm -r /wheel \
    && useradd --system --uid 10001 --no-create-home gateway
ENV PATH=/opt/gateway/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/health/live', timeout=2)"]
ENTRYPOINT ["gateway"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
