import type { CreatedVersion } from "../../../lib/shared/mod.ts";
import { dictated } from "../../studio/dictated_prompt.ts";
import { ProjectStream } from "../../studio/project_stream.ts";
import { stamp } from "../load/tasks.ts";
import { ChildProcess } from "../processes/child_process.ts";
import { build, FreshetProcess } from "../processes/freshet.ts";
import { percentile } from "../report/statistics.ts";
import { formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { Section } from "../section.ts";
import { measureProcess } from "./studio_process.ts";
import { measureScreen } from "./studio_screen.ts";
import { measureStorage } from "./studio_storage.ts";

const MODEL = "bench-studio";
const AT_ONCE = [1, 10];
/** Lines of code that are read of each version. */
const LINES = 40;
/** Begins, and says nothing until it is stopped. */
const SILENT = dictated({ "index.html": "<h1>Hello</h1>\n" }, 60_000);

/** The build studio: how soon a prompt is safe, code is seen, an API answers, and a version is open; and the room that versions take. */
export const studio: Section = {
  name: "studio",
  title: "prompts, code as it is written, and versions",
  async run(options) {
    const { quick, print } = options;
    await build();
    {
      await using upstream = ChildProcess.start(upstreamScript());
      await using freshet = await FreshetProcess.start();
      print(await prompts(freshet, quick ? 20 : 200));
      print(`\n${await measureProcess(freshet, quick ? 3 : 20)}`);
      const baseUrl = `${await upstream.nextAddress()}/v1`;
      await freshet.json("POST", "/api/nodes", { name: "Upstream", kind: "openai", baseUrl });
      await modelIsThere(freshet);
      print(`\n${await firstCode(freshet, quick ? 5 : 30)}`);
    }
    await measureStorage(options);
    await measureScreen(options);
  },
};

/** A project's model that is not known yet is replaced by another. */
async function modelIsThere(freshet: FreshetProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (JSON.stringify(await freshet.json("GET", "/api/models")).includes(MODEL)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The model of the bench is not there");
}

/** From sending a prompt to the answer that its version is committed. */
async function prompts(freshet: FreshetProcess, rounds: number): Promise<string> {
  const times: Record<"project" | "version", number[]> = { project: [], version: [] };
  for (let round = -5; round < rounds; round++) {
    const timed = async (kind: keyof typeof times, path: string, body: unknown) => {
      const startedAt = performance.now();
      const created = await freshet.json<CreatedVersion>("POST", path, body);
      if (round >= 0) times[kind].push(performance.now() - startedAt);
      await stop(freshet, created);
      return created.project.id;
    };
    const projectId = await timed("project", "/api/projects", { prompt: SILENT, model: "sketch" });
    await timed("version", `/api/projects/${projectId}/versions`, { origin: "prompt", text: SILENT });
  }
  const row = (name: string, of: number[]) => [
    name,
    withUnit(percentile(of, 0.5), "ms"),
    withUnit(percentile(of, 0.99), "ms"),
    "10 ms",
  ];
  return formatTable(["from a prompt to the id of its version", "p50", "p99", "asked"], [
    row("POST /api/projects", times.project),
    row("POST …/versions", times.version),
  ]);
}

/** From the model server's line of code to the page that shows it. */
async function firstCode(freshet: FreshetProcess, rounds: number): Promise<string> {
  const rows: string[][] = [];
  for (const count of AT_ONCE) {
    const delays: number[][] = [];
    for (let round = -1; round < rounds / count; round++) {
      const found = await Promise.all(Array.from({ length: count }, () => codeDelays(freshet)));
      if (round >= 0) delays.push(...found);
    }
    const first = delays.flatMap(([delay]) => delay ?? []);
    const later = delays.flatMap(([_, ...others]) => others);
    rows.push([
      formatNumber(count),
      ...[first, later].flatMap((of) => [0.5, 0.99].map((share) => withUnit(percentile(of, share), "ms"))),
    ]);
  }
  const heading = ["versions made at once", "first line of code p50", "p99", "later lines p50", "p99"];
  return formatTable(heading, rows);
}

/** ms that each line of code of a new version took from the model server to here. */
async function codeDelays(freshet: FreshetProcess): Promise<number[]> {
  const body = { prompt: "A page", model: MODEL };
  const created = await freshet.json<CreatedVersion>("POST", "/api/projects", body);
  const delays: number[] = [];
  {
    await using stream = await ProjectStream.open(
      (path, init) => fetch(freshet.address + path, init),
      created.project.id,
    );
    while (delays.length < LINES) {
      const sent = await stream.next();
      if (!sent || sent.event.type === "end") {
        throw new Error(`The version ended too early: ${JSON.stringify(sent)}`);
      }
      if (sent.event.type !== "code:chunk") continue;
      const now = stamp();
      for (const [, sentAt] of sent.event.chunk.matchAll(/\/\/ ([\d.]+)\n/g)) {
        delays.push(now - Number(sentAt));
      }
    }
  }
  await stop(freshet, created);
  return delays;
}

/** Stops the making of a version and waits for its end. */
async function stop({ address }: FreshetProcess, { version }: CreatedVersion): Promise<void> {
  await fetch(`${address}/api/runs/${version?.runId}/cancel`, { method: "POST" });
  await (await fetch(`${address}/api/runs/${version?.runId}/events`)).text();
}

function upstreamScript(): string[] {
  const path = new URL("../processes/studio_upstream_process.ts", import.meta.url).pathname;
  return ["run", "--allow-net=127.0.0.1", path];
}
