# The image of Foyer: docker build -t foyer . ; docs/operations.md says how to run it.
# src/test/docker/check.sh performs these steps without a Docker engine.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY src ./src
RUN mvn -B -ntp -Dmaven.test.skip=true package
RUN javac -d health src/launcher/Ready.java

FROM payara/micro:6.2025.10-jdk17
USER root
RUN mkdir /data && chown 1000:1000 /data
COPY --from=build /build/target/ROOT.war /opt/foyer/ROOT.war
COPY --from=build /build/health /opt/foyer/health
COPY payara-config /opt/foyer/payara-config
# the user "payara" of the base image, by number: Kubernetes' runAsNonRoot accepts no name
USER 1000:1000
ENV FOYER_DATA_DIR=/data \
    FOYER_GUESTS=off \
    FOYER_EXIT_ON_FAILURE=true
VOLUME /data
EXPOSE 8080
# Not curl or wget, which the base image does not promise; Java is there. An application URL, not the port: Payara
# Micro also listens when the deployment has failed.
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 \
    CMD ["java", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/opt/foyer/health", "Ready", "http://127.0.0.1:8080/ops/health/ready"]
# Java is process 1, so that `docker stop` reaches it.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/payara/payara-micro.jar"]
CMD ["--nohazelcast", "--port", "8080", "--deploy", "/opt/foyer/ROOT.war", "--contextroot", "/", "--prebootcommandfile", "/opt/foyer/payara-config/preboot.asadmin", "--postbootcommandfile", "/opt/foyer/payara-config/postboot.asadmin", "--logproperties", "/opt/foyer/payara-config/logging.properties"]
