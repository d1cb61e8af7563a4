import type { CreatedVersion, ProcessResponse, ProjectProcess } from "../../../lib/shared/mod.ts";
import type { FreshetProcess } from "../processes/freshet.ts";
import { percentile } from "../report/statistics.ts";
import { formatTable, withUnit } from "../report/table.ts";

const PROMPT = "/pace 0 A REST API for books with title, author and year";

/** A generated API: from asking that it runs to its first response, and a request to it after that. */
export async function measureProcess(freshet: FreshetProcess, rounds: number): Promise<string> {
  const { project, version } = await freshet.json<CreatedVersion>("POST", "/api/projects", {
    prompt: PROMPT,
    kinds: ["api"],
  });
  await (await fetch(`${freshet.address}/api/runs/${version?.runId}/events`)).text();
  const processes = `/api/projects/${project.id}/processes`;
  const times = { started: [] as number[], first: [] as number[], later: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const startedAt = performance.now();
    const { id, state } = await freshet.json<ProjectProcess>("POST", processes, { versionId: version?.id });
    if (state !== "running") throw new Error(`The API is ${state}`);
    const started = performance.now() - startedAt;
    await ask(freshet, `${processes}/${id}/requests`);
    const first = performance.now() - startedAt;
    const askedAt = performance.now();
    await ask(freshet, `${processes}/${id}/requests`);
    const later = performance.now() - askedAt;
    if (round >= 0) {
      times.started.push(started);
      times.first.push(first);
      times.later.push(later);
    }
    await fetch(`${freshet.address}${processes}/${id}`, { method: "DELETE" });
  }
  const row = (name: string, of: number[]) => [
    name,
    withUnit(percentile(of, 0.5), "ms"),
    withUnit(percentile(of, 0.99), "ms"),
  ];
  return formatTable(["a generated API, from asking that it runs", "p50", "p99"], [
    row("it listens", times.started),
    row("its first response is here", times.first),
    row("a further request, by itself", times.later),
  ]);
}

async function ask(freshet: FreshetProcess, path: string): Promise<void> {
  const body = { method: "GET", path: "/books", headers: {}, body: "" };
  const { status } = await freshet.json<ProcessResponse>("POST", path, body);
  if (status !== 200) throw new Error(`The API answered ${status}`);
}
