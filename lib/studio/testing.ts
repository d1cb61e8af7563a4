import {
  type ChatDelta,
  type ChatRequest,
  type CheckResult,
  type CreatedVersion,
  type ProjectFile,
  renderFile,
  type RunEvent,
  type ValidationReport,
  type Version,
} from "../shared/mod.ts";
import { ApiKeys, localPrincipal } from "../access/mod.ts";
import { Ledger } from "../analytics/mod.ts";
import { type Clock, silentLog, systemClock } from "../host/mod.ts";
import { Nodes } from "../nodes/mod.ts";
import type { Provider } from "../providers/mod.ts";
import { Runs } from "../runs/mod.ts";
import { Feed, openStore, type Store } from "../store/mod.ts";
import type { Validate } from "./build/validation.ts";
import { Studio } from "./studio.ts";

/** Answers a request as a test wants it. */
export type Script = (request: ChatRequest, signal: AbortSignal) => AsyncGenerator<ChatDelta>;

/** The studio over a store in memory and one model, "m", that answers what the test wants, in this order. */
export interface StudioBench {
  store: Store;
  apiKeys: ApiKeys;
  runs: Runs;
  studio: Studio;
  /** The answers to give after that of `project` or `next`; with none left the model says that it has nothing to change. */
  scripts: Script[];
  /** What the model was asked, as text. */
  asked: string[];
  /** What the checks come to, in this order; then they pass. */
  reports: ValidationReport[];
  /** Resolves when a file that says "syntax error" was found while others are still to be written. */
  foundEarly: PromiseWithResolvers<void>;
  /** Waits until a version is made, and returns it. */
  ended(created: CreatedVersion): Promise<Version>;
  /** All events of the run that made a version. */
  events(version: Version): Promise<RunEvent[]>;
  /** Makes a project by its first prompt, and waits for it. */
  project(script: Script, prompt?: string): Promise<Version>;
  /** Makes the next version, and waits for it. */
  next(projectId: string, script: Script, prompt?: string): Promise<Version>;
  /** The files of a version by path. */
  files(version: Version): Promise<Record<string, string>>;
}

/** An answer in the studio's format. */
export function answer(
  files: Record<string, string | null>,
  after = "TITLE: Done\nAs asked.\n### END\n",
): string {
  const parts = Object.entries(files).map(([path, content]) =>
    content === null ? `### DELETE ${path}` : renderFile({ path, content })
  );
  return `A plan.\n\n${parts.join("\n\n")}\n\n${after}`;
}

/** A model that says one text, in pieces of a few characters. */
export function saying(text: string): Script {
  return async function* () {
    for (let at = 0; at < text.length; at += 7) {
      yield await Promise.resolve({ type: "text", text: text.slice(at, at + 7) });
    }
    yield { type: "finish", reason: "stop" };
  };
}

/** A model that writes these files. */
export const writing = (files: Record<string, string | null>): Script => saying(answer(files));

const UNPARSABLE: CheckResult = { check: "parse", outcome: "failed", problems: [], durationMs: 0 };
const PASSED: ValidationReport = { outcome: "passed", results: [], repairs: 0 };

/** Runs a test on a studio of its own, or on what a store holds already. */
export async function withStudio(
  fn: (bench: StudioBench) => Promise<void>,
  clock: Clock = systemClock,
  kept?: Store,
): Promise<void> {
  const store = kept ?? await openStore({ folder: ":memory:" });
  const runs = new Runs({ store, clock, log: silentLog });
  const ledger = new Ledger({ store, clock, log: silentLog });
  const nothing = saying("TITLE: Nothing\nThere is nothing to change.\n### END\n");
  const provider: Provider = {
    kind: "openai",
    chat: (_endpoint, request, signal) => {
      bench.asked.push(request.messages.map(({ content }) => content.map(textOf).join("")).join("\n---\n"));
      return (bench.scripts.shift() ?? nothing)(request, signal);
    },
    continuation: () => "none",
    embed: () => Promise.reject(new Error("not asked for")),
    models: () => Promise.resolve([{ id: "m", name: "m", capabilities: ["chat"], contextLength: 32_000 }]),
    probe: () => Promise.resolve(),
  };
  const nodes = new Nodes({
    store,
    providers: new Map([["openai", provider]]),
    ledger,
    clock,
    log: silentLog,
    sketch: false,
    config: [{ name: "n", kind: "openai", baseUrl: "http://127.0.0.1:1/v1", concurrency: 3 }],
    servers: [],
    onChange: () => {},
  });
  const validate: Validate = {
    async *all() {
      yield await Promise.resolve({ type: "validation:start", checks: ["types"] });
      return bench.reports.shift() ?? PASSED;
    },
    async *early(files) {
      await Promise.resolve();
      if (!files.some(({ content }) => content.includes("syntax error"))) return;
      yield UNPARSABLE;
      bench.foundEarly.resolve();
    },
  };
  const images = {
    getAll: () => Promise.resolve([]),
    bytes: () => Promise.resolve(null),
    keep: () => {},
    release: () => Promise.resolve(),
  };
  const apiKeys = new ApiKeys(store, { clock });
  const studio = new Studio({
    store,
    clock,
    log: silentLog,
    feed: new Feed(),
    nodes,
    apiKeys,
    runs,
    images,
    validate,
  });
  const signal = new AbortController().signal;
  const bench: StudioBench = {
    store,
    apiKeys,
    runs,
    studio,
    scripts: [],
    asked: [],
    reports: [],
    foundEarly: Promise.withResolvers(),
    ended: async ({ version }) => {
      if (!version?.runId) throw new Error("no version was begun");
      await Array.fromAsync(runs.subscribe(localPrincipal, version.runId, 0, signal));
      return await studio.version(localPrincipal, version.projectId, version.id);
    },
    events: async ({ runId = "" }) => {
      const batches = await Array.fromAsync(runs.subscribe(localPrincipal, runId, 0, signal));
      return batches.flat().map(({ event }) => event);
    },
    project: async (script, prompt = "A page") => {
      bench.scripts.unshift(script);
      return await bench.ended(await studio.create(localPrincipal, { prompt }));
    },
    next: async (projectId, script, text = "More") => {
      bench.scripts.unshift(script);
      const body = { origin: "prompt" as const, text };
      return await bench.ended(await studio.createVersion(localPrincipal, projectId, body, null));
    },
    files: async ({ projectId, id }) => {
      const { files } = await studio.files(localPrincipal, projectId, id);
      return Object.fromEntries(files.map(({ path, content }: ProjectFile) => [path, content]));
    },
  };
  await nodes.catalog.refresh(localPrincipal);
  await runs.start();
  studio.start();
  try {
    await fn(bench);
  } finally {
    await runs.close();
    await studio.close();
    await nodes.close();
    await ledger.flush();
    if (!kept) store.close();
  }
}

function textOf(part: ChatRequest["messages"][number]["content"][number]): string {
  return part.type === "text" ? part.text : "[image]";
}
