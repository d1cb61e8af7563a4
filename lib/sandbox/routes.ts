import { cleanText, lastLines } from "./problems.ts";
import type { ApiRoute, RouteList } from "./sandbox.ts";
import { readPermission, type Toolchain } from "./toolchain.ts";
import type { Job } from "./workspace.ts";

const ROUTES_MAX = 500;
const TEXT_MAX = 400;

/** Ours; it runs with the rights of the project, whose modules it imports. */
const SCRIPT = `import app from "./project/main.ts";
import { inspectRoutes } from "hono/dev";
const found = inspectRoutes(app).filter(({ method, isMiddleware }) => !(isMiddleware && method === "ALL"));
console.log("\\n" + Deno.args[0] + JSON.stringify(found.map(({ method, path }) => ({ method, path }))));
Deno.exit(0);
`;

/** Asks the Hono app of a job, whose imports have been checked, for its routes. Middlewares are left out. */
export async function readRoutes(
  job: Job,
  toolchain: Toolchain,
  signal: AbortSignal | undefined,
): Promise<RouteList> {
  const mark = `${crypto.randomUUID()} `;
  await job.write("routes.ts", SCRIPT);
  const outcome = await toolchain.run(job, {
    subcommand: "run",
    permissions: [readPermission(job)],
    args: ["routes.ts", mark],
  }, signal);
  const line = outcome.stdout.split("\n").findLast((text) => text.startsWith(mark));
  if (line !== undefined) return { routes: distinct(JSON.parse(line.slice(mark.length))) };
  const said = lastLines(cleanText(outcome.stderr, job), 3);
  const reason = outcome.isTimedOut ? "main.ts does not end loading" : said || "main.ts has no Hono app";
  return { routes: [], reason: `Cannot tell the routes: ${reason}` };
}

/** What the project printed is as untrusted as the project. */
function distinct(found: unknown): ApiRoute[] {
  const routes = new Map<string, ApiRoute>();
  for (const route of Array.isArray(found) ? found : []) {
    const { method, path } = (route ?? {}) as { method?: unknown; path?: unknown };
    if (typeof method !== "string" || typeof path !== "string" || path.length > TEXT_MAX) continue;
    if (/^[A-Z]{1,20}$/.test(method) && routes.size < ROUTES_MAX) {
      routes.set(`${method} ${path}`, { method, path });
    }
  }
  return [...routes.values()];
}
