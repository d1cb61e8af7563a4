/** The entry of `deno task start` and of the compiled program: listens, says where, and drains when asked to end. */
import { FreshetError } from "../shared/mod.ts";
import { gatewayFirst } from "./gateway_first.ts";
import { type Handler, hardened } from "./hardened.ts";
import type { Services } from "./services.ts";

/** What the build and `main.ts` export. */
interface Built {
  fetch: Handler;
}

const SHUTDOWN_MS = 2_000;

if (import.meta.main) {
  try {
    await serve();
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    report([error.message, ...(error.hint ? [error.hint] : [])]);
    Deno.exit(1);
  }
}

async function serve(): Promise<void> {
  // Resolved when they run: the build does not exist yet while this file is checked.
  const { default: built } = await import(new URL("../../_fresh/server.js", import.meta.url).href) as {
    default: Built;
  };
  const { services } = await import(new URL("../../main.ts", import.meta.url).href) as { services: Services };
  const { host, port, drainMs } = services.config;
  // A promise that was forgotten somewhere, in a library too, must not end everybody's answers.
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    services.log.error("A promise was rejected and nobody noticed", { error: event.reason });
  });
  const server = listen(hardened(gatewayFirst(services, built.fetch)), host, port);
  const { hostname, port: actualPort } = server.addr;
  announce(services, `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${actualPort}`)
    .catch((error) => services.log.error("Cannot look for model servers", { error }));
  await endSignal();
  report(["Finishing running answers …"]);
  // A disk that takes no writes any more must not keep the process from its end.
  await withTimeout(services.drain(drainMs), drainMs + SHUTDOWN_MS);
  await withTimeout(server.shutdown(), SHUTDOWN_MS);
  await withTimeout(services.close(), SHUTDOWN_MS);
  Deno.exit(0);
}

function listen(handler: Handler, hostname: string, port: number): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname, port, onListen: () => {} }, handler) as Deno.HttpServer<Deno.NetAddr>;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new FreshetError("unavailable", `Cannot listen on ${hostname}:${port}: the port is taken`, {
      hint: "Another Freshet may be running; or choose another one with PORT or --port",
    });
  }
}

async function announce({ config, discover, nodes, log }: Services, address: string): Promise<void> {
  report([`Freshet is at  ${address}`, `data folder    ${config.kvUrl ?? config.dataFolder}`]);
  if (!config.discoverAtStart) return;
  const { localPrincipal } = await import("../access/mod.ts");
  await discover();
  const servers = (await nodes.registry.list(localPrincipal)).filter(({ kind }) => kind !== "sketch");
  if (servers.length === 0) {
    report(["model servers  none found; the built-in Sketch answers until you add one in Settings"]);
  }
  for (const { name, baseUrl } of servers) report([`model server   ${name} at ${baseUrl}`]);
  log.debug("Discovery ended", { nodes: servers.length });
}

function endSignal(): Promise<void> {
  return new Promise((resolve) => {
    Deno.addSignalListener("SIGINT", resolve);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", resolve);
  });
}

async function withTimeout(work: Promise<void>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise<void>((resolve) => timer = setTimeout(resolve, ms))]);
  clearTimeout(timer);
}

function report(lines: string[]): void {
  for (const line of lines) Deno.stdout.writeSync(new TextEncoder().encode(`  ${line}\n`));
}
