/** A Freshet in a process of its own, to be killed: `deno run -A tests/server_process.ts FOLDER` prints its address. */
import { createApp, createServices, gatewayFirst, hardened } from "../lib/app/mod.ts";
import { attachBuild } from "./built.ts";
import { testConfig } from "./harness.ts";
import { INSTALLED_PACKAGES } from "./installed_packages.ts";

if (import.meta.main) {
  const [dataFolder = ":memory:"] = Deno.args;
  const services = await createServices(testConfig({ dataFolder }));
  const app = createApp(services);
  (await attachBuild())(app);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    hardened(gatewayFirst(services, app.handler())),
  );
  Deno.stdout.writeSync(new TextEncoder().encode(`http://127.0.0.1:${server.addr.port}\n`));
}

/** A running server process. */
export interface ServerProcess {
  url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Starts a server process on a data folder and waits until it listens. */
export async function startServer(dataFolder: string): Promise<ServerProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", INSTALLED_PACKAGES, "-A", import.meta.url, dataFolder],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let url = "";
  while (!url.endsWith("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The server process ended before it listened");
    url += value;
  }
  return {
    url: url.trim(),
    kill: async () => {
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
    },
  };
}
