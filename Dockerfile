# Entrywise in a container: `docker build -t entrywise .`. docs/deploy.md tells the rest.
#
# `packages` has what Entrywise needs. `builder` makes a wheel of the sources, and the glossary's
# index. The image is `packages` with both, and can build an index itself.

# By tag, so that each build takes the fixes of Debian and Python. To build on the same bytes every
# time, add the digest that `docker buildx imagetools inspect python:3.11-slim-trixie` prints:
# python:3.11-slim-trixie@sha256:…
FROM python:3.11-slim-trixie AS packages
# The pins are complete, so pip resolves nothing, and takes no file but those of their hashes;
# `pip check` below holds it. Tests that packages bring along are 28 MB.
RUN --mount=type=bind,source=deploy,target=/deploy \
    --mount=type=cache,target=/root/.cache/pip \
    python3 -m venv --without-pip /opt/entrywise \
    && python3 -m pip --python /opt/entrywise/bin/python install \
        --no-deps --require-hashes --requirement /deploy/requirements.txt \
    && find /opt/entrywise -type d -name tests -prune -exec rm -r {} +


FROM packages AS builder
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY data data
COPY index index
COPY rag rag
COPY web web
RUN python3 -m pip --python /opt/entrywise/bin/python wheel \
        --no-deps --no-cache-dir --wheel-dir /wheels . \
    && python3 -m pip --python /opt/entrywise/bin/python install \
        --no-deps --no-cache-dir /wheels/*.whl \
    && python3 -m pip --python /opt/entrywise/bin/python check
WORKDIR /
ENV PATH=/opt/entrywise/bin:$PATH
# The first question builds the index of the shipped glossary.
RUN ENTRYWISE_CACHE=/cache ENTRYWISE_HISTORY=none ask "what is GQA?" && mv /cache/glossary-*/ /index


FROM packages
LABEL org.opencontainers.image.title="Entrywise" \
    org.opencontainers.image.description="Answers made of verbatim, cited quotes" \
    org.opencontainers.image.version="0.1.0" \
    org.opencontainers.image.licenses="Apache-2.0"
RUN --mount=type=bind,from=builder,source=/wheels,target=/wheels \
    python3 -m pip --python /opt/entrywise/bin/python install \
        --no-deps --no-cache-dir /wheels/*.whl \
    && useradd --uid 10001 --no-log-init --no-create-home --home-dir /data \
        --shell /usr/sbin/nologin entrywise \
    && install --directory --owner=entrywise --group=entrywise /data
COPY --from=builder /index /index
ENV PATH=/opt/entrywise/bin:$PATH \
    ENTRYWISE_INDEX=/index \
    ENTRYWISE_HISTORY=none \
    ENTRYWISE_FEEDBACK=/data/feedback.sqlite
# By number, so that Kubernetes can tell that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 8000
# http.client goes straight to the server, whatever proxy the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
    CMD ["python3", "-c", "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/health/ready'); sys.exit(c.getresponse().status != 200)"]
# No entry point: `docker run entrywise ask "…"` runs another command.
CMD ["entrywise", "serve", "--host", "0.0.0.0", "--port", "8000"]
