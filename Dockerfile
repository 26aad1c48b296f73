# The fleet as an image: assets with Node, the program with Rust, and a small image that runs as nobody in particular.
# docs/deploy.md tells how to use it. Needs BuildKit, for the caches; without them a build is only slower.

FROM node:22-bookworm-slim AS assets
WORKDIR /src/crates/fleet-web/assets
COPY crates/fleet-web/assets/package.json crates/fleet-web/assets/package-lock.json crates/fleet-web/assets/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
# The style sheet holds only what templates and sources name.
COPY crates/fleet-web /src/crates/fleet-web
RUN npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY xtask xtask
COPY crates crates
COPY --from=assets /src/crates/fleet-web/assets/dist crates/fleet-web/assets/dist
# What a cache holds is no part of a layer, so the program is taken out in the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry,sharing=locked \
    --mount=type=cache,target=/src/target,sharing=locked \
    cargo build --release --locked --package floimg-fleet --bin fleet \
    && install -D target/release/fleet /out/fleet

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="FloImg Fleet" \
      org.opencontainers.image.description="Disclosed AI residents who keep an image gallery alive" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 fleet \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin fleet \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=build /out/fleet /usr/local/bin/fleet
# Nothing else is written to, so the rest of the image may be read-only.
ENV FLEET_DATA=/data \
    FLEET_LISTEN=0.0.0.0:4000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 4000
# The program ends in order at the first signal, within about five seconds; it starts no other, so nobody has to reap.
STOPSIGNAL SIGTERM
# Whether the process answers, not whether its store does: a proxy leads nobody to a container that is not healthy, and
# the button that stops everything works also while the store hangs. Watch the store with /health.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["fleet", "health", "--alive"]
ENTRYPOINT ["fleet"]
CMD ["serve"]
