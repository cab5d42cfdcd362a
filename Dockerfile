# syntax=docker/dockerfile:1
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
# The tests have run elsewhere; an image build only packages.
RUN mvn -B -ntp -q -pl broker package -DskipTests
RUN "${JAVA_HOME:-/opt/java/openjdk}/bin/jlink" \
    --add-modules java.base,java.logging,java.naming,java.management,jdk.unsupported \
    --no-header-files --no-man-pages --strip-java-debug-attributes --output /runtime

FROM ${RUNTIME_IMAGE}
COPY --from=build /runtime /opt/java
COPY --from=build /src/broker/target/token-broker.jar /opt/token-broker.jar
# Numeric and odd: runAsNonRoot can check it, and a redirect rule can exempt it.
USER 17332:17332
ENV MALLOC_ARENA_MAX=1
EXPOSE 16926
ENTRYPOINT ["/opt/java/bin/java", \
    "-XX:+UseSerialGC", "-Xms4m", "-Xmn1m", "-Xmx24m", "-Xss256k", \
    "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", \
    "-XX:ReservedCodeCacheSize=32m", "-XX:MaxMetaspaceSize=48m", "-XX:-UsePerfData", \
    "-jar", "/opt/token-broker.jar"]
