import { assert } from "@std/assert";
import { type ServerSentEvent, SseParser } from "../../lib/shared/mod.ts";
import type { AppConfig, ServiceOverrides } from "../../lib/app/mod.ts";
import { KvConnectServer } from "../fakes/kv_connect/mod.ts";
import { startApp, type TestApp } from "../harness.ts";

/** One Freshet of several on one store. */
export interface Instance extends TestApp {
  url: string;
  /** Its way to the store. */
  line: ReturnType<KvConnectServer["line"]>;
}

/** Runs a test on instances with data folders of their own and one store between them. */
export async function withInstances(
  starts: readonly { config?: Partial<AppConfig>; overrides?: ServiceOverrides }[],
  fn: (instances: Instance[], store: KvConnectServer) => Promise<void>,
): Promise<void> {
  await using store = new KvConnectServer();
  await using stack = new AsyncDisposableStack();
  const instances: Instance[] = [];
  for (const { config, overrides } of starts) {
    const dataFolder = await Deno.makeTempDir();
    stack.defer(() => Deno.remove(dataFolder, { recursive: true }));
    const line = store.line();
    const app = await startApp({ dataFolder, kvUrl: line.url, passphrase: "shared", ...config }, overrides);
    stack.defer(() => app.services.close());
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler);
    stack.defer(async () => {
      await app.services.drain(0);
      await server.shutdown();
    });
    instances.push({ ...app, line, url: `http://127.0.0.1:${server.addr.port}` });
  }
  await fn(instances, store);
}

/** Server-sent events as they come, without comments. Leaving the loop ends the request. */
export async function* listen(
  url: string,
  headers: Record<string, string> = {},
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const leave = new AbortController();
  const response = await fetch(url, { headers, signal: leave.signal });
  assert(response.ok, `${url}: ${response.status}`);
  try {
    yield* sseOf(response);
  } finally {
    leave.abort();
  }
}

/** The events of a response. */
export async function* sseOf({ body }: Response): AsyncGenerator<ServerSentEvent, void, undefined> {
  const parser = new SseParser();
  for await (const chunk of body ?? []) yield* parser.push(chunk);
}

/** Waits until something is so, at most five seconds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000;
  while (!await isSo()) {
    assert(performance.now() < end, `Still not so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
