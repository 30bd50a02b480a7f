# The web app in an image of its own.  The data folder is a volume at /data; nothing else is ever written to, so the
# root may be read-only where /tmp is a tmpfs.
#
#   docker build -t nianjian-search .
#   docker run --rm -v nianjian:/data -v ./pages:/pages:ro nianjian-search build /pages
#   docker run --rm -v nianjian:/data -p 127.0.0.1:8000:8000 --read-only --tmpfs /tmp nianjian-search

# The Python that the tests run on.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
# Only what the wheel is made of: there is no .dockerignore.
COPY pyproject.toml setup.cfg README.md LICENSE ./
COPY corpus corpus
COPY indexer indexer
COPY search_app search_app
# What is installed beside, if anything: `--build-arg EXTRA=opensearch` for an index in a search cluster.
ARG EXTRA=""
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
    && python -m venv --without-pip /opt/nianjian \
    && pip --python /opt/nianjian/bin/python install --no-cache-dir --compile \
        "$(echo /wheels/*.whl)${EXTRA:+[$EXTRA]}"

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="nianjian-search" \
      org.opencontainers.image.description="Full-text search for an online Chinese yearbook archive" \
      org.opencontainers.image.licenses="MIT"
# A number, since Kubernetes' runAsNonRoot knows no names.  A new named volume takes over the folder's owner.
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin nianjian \
    && install --directory --owner=10001 --group=10001 /data
COPY --from=build /opt/nianjian /opt/nianjian
ENV PATH=/opt/nianjian/bin:$PATH \
    NIANJIAN_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
# Unhealthy: searches are not answered, because there is no index yet, or none that can be used.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# What signals an end takes up to eight seconds, within Docker's ten.
STOPSIGNAL SIGTERM
ENTRYPOINT ["nianjian"]
CMD ["serve", "--host", "0.0.0.0"]
