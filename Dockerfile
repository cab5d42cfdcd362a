# syntax=docker/dockerfile:1
# Targets: broker (the default), tools (what a person runs: migrate and dev) and redirect (nft and one script, for the
# opt-in init container).
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/base-nossl-debian12
ARG REDIRECT_IMAGE=docker.io/library/alpine:3.22

FROM ${BUILD_IMAGE} AS build
# Such as -o, where the local repository is mounted.
ARG MAVEN_OPTIONS=""
WORKDIR /src
COPY . .
# The tests have run elsewhere; an image build only packages, and writes down what it packaged.
RUN mvn -B -ntp -q ${MAVEN_OPTIONS} -pl broker/sidecar,broker/tools -am package -DskipTests \
      org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom -DoutputFormat=json -DincludeTestScope=false
RUN deploy/image/assemble runtime "${JAVA_HOME:-/opt/java/openjdk}" /opt \
    && cp broker/sidecar/target/bom.json /opt/token-broker/ && touch -d @0 /opt/token-broker/bom.json

# The broker's day, beside an emulated Entra, at the paths and with the options of the image.
FROM build AS training
RUN mkdir /opt/aot && deploy/image/assemble cache "${JAVA_HOME:-/opt/java/openjdk}" /opt /opt/aot/broker.aot

FROM build AS assembled-tools
RUN deploy/image/assemble tools "${JAVA_HOME:-/opt/java/openjdk}" /opt/tools

FROM ${REDIRECT_IMAGE} AS redirect
# The base has it already, or gives the newest of its release.
# hadolint ignore=DL3018
RUN command -v nft || apk add --no-cache nftables
COPY deploy/redirect/redirect /usr/local/bin/redirect
LABEL org.opencontainers.image.title="token-broker-redirect" \
      org.opencontainers.image.description="Redirects 169.254.169.254:80 of a pod to token-broker" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
# Kubernetes gives NET_ADMIN to root only.
# hadolint ignore=DL3002
USER 0:0
ENTRYPOINT ["/usr/local/bin/redirect"]

# For a person's machine: `migrate`, with the manifests mounted at /work, and `dev --emulator`, on the host's network.
# `dev` without --emulator needs the az of that machine, and so the jar itself.
FROM ${RUNTIME_IMAGE} AS tools
COPY --from=assembled-tools /opt/tools/java /opt/java
COPY --from=assembled-tools /opt/tools/token-broker /opt/token-broker
LABEL org.opencontainers.image.title="token-broker-tools" \
      org.opencontainers.image.description="token-broker on a person's machine: migrate, and dev with an emulated Entra" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
USER 17332:17332
WORKDIR /work
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/opt/token-broker/token-broker-tools.jar"]

FROM ${RUNTIME_IMAGE} AS broker
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/token-broker /opt/token-broker
# In a layer of its own: two trainings are never the same to the byte; all other layers are.
COPY --from=training /opt/aot/broker.aot /opt/token-broker/
LABEL org.opencontainers.image.title="token-broker" \
      org.opencontainers.image.description="Microsoft Entra tokens for any program in a Kubernetes pod" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
# Numeric and odd: runAsNonRoot can check it, and the redirection can exempt it.
USER 17332:17332
# One arena; and what the JVM's compilers took in blocks goes back to the system at once, not to a free list.
ENV MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=30000
EXPOSE 16925 16926
ENTRYPOINT ["/opt/java/bin/java", "@/opt/token-broker/run"]
