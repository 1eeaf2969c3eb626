# syntax=docker/dockerfile:1
# One image for the gateway, the four services and the operators' commands: the argument says which of them runs,
# e.g. `docker run shixun services/courses/src/main.ts`. Nothing is built: Node 24 runs the TypeScript as it stands.
#
# To pin the base by digest (a tag can be moved, a digest cannot), look the digest up where you can reach the registry:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
# and give it to the build: --build-arg NODE_IMAGE=node@sha256:<digest>
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
# Only what decides the dependencies, so that a change of code leaves this layer alone.
COPY package.json package-lock.json .npmrc ./
COPY packages/kernel/package.json packages/kernel/
COPY packages/contracts/package.json packages/contracts/
COPY packages/runtime/package.json packages/runtime/
COPY services/registry/package.json services/registry/
COPY services/courses/package.json services/courses/
COPY services/credits/package.json services/credits/
COPY services/evaluation/package.json services/evaluation/
COPY gateway/package.json gateway/
COPY infra/package.json infra/
COPY test/package.json test/
# `npm install --no-save` for the bootstrap's reasons: it takes the versions of package-lock.json and leaves it alone;
# `npm ci` refuses this lock, which npm wrote without the other systems' variants of two development tools.
# --ignore-scripts: nothing that runs needs an install script, so none gets to run.
RUN --mount=type=cache,target=/root/.npm \
    npm install --no-save --omit=dev --ignore-scripts \
      --workspace services/registry --workspace services/courses --workspace services/credits \
      --workspace services/evaluation --workspace gateway --workspace infra

FROM ${NODE_IMAGE}
# In a container the loopback address would answer nobody.
ENV NODE_ENV=production \
    HTTP_HOST=0.0.0.0
WORKDIR /app
COPY --from=dependencies /app ./
COPY packages packages
COPY services services
COPY gateway gateway
COPY infra/events.ts infra/roles.ts infra/keys.ts infra/audit.ts infra/
COPY infra/audit infra/audit
COPY infra/roles infra/roles
COPY infra/topics infra/topics
# Where a volume for uploaded files may be put; it takes this owner.
RUN install -d -o 10001 -g 10001 /objects
# Nothing below /app is written to: the file system can be read-only.
USER 10001:10001
# Node handles SIGTERM itself (the programs close in order), so no init stands before it.
ENTRYPOINT ["node", "--max-semi-space-size=64"]
CMD ["gateway/src/main.ts"]
