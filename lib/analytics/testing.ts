import { firstIdOf, type Outcome } from "../shared/mod.ts";
import type { Attempt, CallRecord, CallSource } from "./row.ts";

const MODELS = ["gpt-4o-mini", "claude-sonnet-4-5", "llama3.2:latest", "qwen3:8b", "unheard-of"];
const NODES = [
  { nodeId: "n-openai", nodeName: "OpenAI", local: false },
  { nodeId: "n-anthropic", nodeName: "Anthropic", local: false },
  { nodeId: "n-home", nodeName: "Workstation", local: true },
];

/** Calls as they come over time, for tests and benches: by chats, projects and keys, with failures and further attempts. */
export function randomCall(random: () => number, at: number, chats = 50): CallRecord {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const model = pick(MODELS) ?? "";
  const tries = random() < 0.08 ? 2 : 1;
  const attempts: Attempt[] = [];
  for (let i = 0; i < tries; i++) {
    const node = pick(NODES);
    if (!node) continue;
    const outcome: Outcome = i < tries - 1
      ? "failed"
      : random() < 0.93
      ? "complete"
      : random() < 0.5
      ? "cancelled"
      : "failed";
    const promptTokens = Math.floor(20 + random() * 3_000);
    const completionTokens = Math.floor(random() * 900);
    const firstTokenMs = Math.floor(40 + random() ** 3 * 8_000);
    const isAnswered = outcome === "complete" || random() < 0.4;
    attempts.push({
      ...node,
      model,
      startedAt: at,
      durationMs: firstTokenMs + Math.floor(random() * 20_000),
      outcome,
      ...(isAnswered
        ? {
          firstTokenMs,
          usage: {
            promptTokens,
            completionTokens,
            totalTokens: promptTokens + completionTokens,
            estimated: outcome !== "complete",
          },
        }
        : {}),
    });
  }
  const sum = (of: "promptTokens" | "completionTokens" | "totalTokens") =>
    attempts.reduce((total, { usage }) => total + (usage?.[of] ?? 0), 0);
  const last = attempts.at(-1);
  return {
    id: idAt(random, at),
    profileId: "local",
    at,
    source: randomSource(random, chats),
    ...(random() < 0.4 ? { keyId: `key-${Math.floor(random() * 4)}` } : {}),
    model,
    attempts,
    outcome: last?.outcome ?? "failed",
    usage: {
      promptTokens: sum("promptTokens"),
      completionTokens: sum("completionTokens"),
      totalTokens: sum("totalTokens"),
      estimated: true,
    },
    durationMs: attempts.reduce((total, { durationMs }) => total + durationMs, 0),
    ...(last?.firstTokenMs === undefined ? {} : { firstTokenMs: last.firstTokenMs }),
  };
}

/** An id of a time, as `newId` would make it then. */
function idAt(random: () => number, at: number): string {
  const digits = Array.from(
    { length: 16 },
    () => Math.floor(random() * 32).toString(32).replace(/[ilou]/, "x"),
  );
  return firstIdOf(at) + digits.join("");
}

function randomSource(random: () => number, chats: number): CallSource {
  const kind = random();
  const n = Math.floor(random() * chats);
  if (kind < 0.4) return { type: "chat", chatId: `chat-${n}`, messageId: "m", runId: "r" };
  if (kind < 0.5) return { type: "project", projectId: `project-${n % 7}`, versionId: "v", runId: "r" };
  return { type: "api", endpoint: "/v1/chat/completions" };
}
