import {
  type AppConfig,
  createApp,
  createServices,
  gatewayFirst,
  hardened,
  type ServiceOverrides,
  type Services,
} from "../lib/app/mod.ts";
import { silentLog } from "../lib/host/mod.ts";
import { ALL_FEATURES } from "../lib/shared/mod.ts";
import { attachBuild } from "./built.ts";

/** The address that requests through the handler carry. */
export const ORIGIN = "http://127.0.0.1:13000";

/** An app of its own, with its data in memory, reached without a network. */
export interface TestApp extends AsyncDisposable {
  services: Services;
  /** Sends a request through the whole app. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends JSON and reads JSON; throws where the status is not the expected one. */
  json<T>(method: string, path: string, body?: unknown, expected?: number): Promise<T>;
  /** The handler, for `Deno.serve`. */
  handler: (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;
}

/** The configuration of tests: nothing is looked for, everything is on. */
export function testConfig(overrides: Partial<AppConfig> = {}): AppConfig {
  return {
    host: "127.0.0.1",
    port: 0,
    dataFolder: ":memory:",
    encryptAll: false,
    allowedHosts: [],
    logLevel: "error",
    drainMs: 0,
    patience: {},
    features: ALL_FEATURES,
    sampling: false,
    discoverAtStart: false,
    ui: { autoTitles: false },
    nodes: [],
    ...overrides,
  };
}

/** Starts an app. The islands are bundled once for all apps. */
export async function startApp(
  config: Partial<AppConfig> = {},
  overrides: ServiceOverrides = {},
): Promise<TestApp> {
  const services = await createServices(testConfig(config), { log: silentLog, servers: [], ...overrides });
  const app = createApp(services);
  (await attachBuild())(app);
  const handler = hardened(gatewayFirst(services, app.handler()));
  const fetch = async (path: string, init?: RequestInit) =>
    await handler(new Request(new URL(path, ORIGIN), init));
  return {
    services,
    handler,
    fetch,
    async json<T>(method: string, path: string, body?: unknown, expected?: number): Promise<T> {
      const init: RequestInit = { method };
      if (body !== undefined) {
        init.body = JSON.stringify(body);
        init.headers = { "content-type": "application/json" };
      }
      const response = await fetch(path, init);
      const text = await response.text();
      if (expected === undefined ? !response.ok : response.status !== expected) {
        throw new Error(`${method} ${path}: status ${response.status}: ${text}`);
      }
      return (text ? JSON.parse(text) : undefined) as T;
    },
    [Symbol.asyncDispose]: () => services.close(),
  };
}
