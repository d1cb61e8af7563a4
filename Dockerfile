# Freshet in a container: everything comes from npm. Data is kept in /data; publish the port on the host's loopback only:
#   docker build -t freshet . && docker run -p 127.0.0.1:13000:13000 -v freshet:/data -e FRESHET_TOKEN=… freshet
FROM node:24-slim
ENV FRESHET_DATA=/data HOST=0.0.0.0 PORT=13000
WORKDIR /app
COPY deno.json deno.lock ./
COPY lib/fresh ./lib/fresh
RUN npm install --global deno@2.9.6 && deno install --frozen
COPY . .
RUN deno task build && mkdir -p /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 13000
CMD ["deno", "run", "--node-modules-dir=manual", "--allow-net", "--allow-read", "--allow-write", "--allow-env", "--allow-sys", "lib/app/serve.ts"]
