import type {
  NodeDecision,
  NodeLogView,
  NodeSecond,
  NodesPulse,
  NodeStatus,
  QueuedCall,
} from "../../../shared/mod.ts";

const QUIET: NodeSecond = { requests: 0, failures: 0, deltas: 0 };

/** A node with what matters to a test. */
export function sampleNode(id: string, changes: Partial<NodeStatus> = {}): NodeStatus {
  const status = changes.status ?? "healthy";
  return {
    id,
    name: id,
    kind: "ollama",
    baseUrl: `http://${id}.local:11434`,
    hasKey: false,
    origin: "manual",
    enabled: true,
    local: true,
    priority: 10,
    weight: 1,
    concurrency: 0,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
    health: { status, reason: status === "healthy" ? "1 model" : `It is ${status}` },
    models: [{ id: "llama3.2:latest", name: "llama3.2", capabilities: ["chat"], loaded: true }],
    status,
    load: 0,
    memory: null,
    requestsPerSecond: 0,
    latencyMs: null,
    inFlight: 0,
    waiting: 0,
    breaker: "closed",
    activity: Array.from({ length: 60 }, () => QUIET),
    ...changes,
  };
}

/** Two nodes of which one is well and one is nearly full. */
export function sampleNodes(): NodeStatus[] {
  return [
    sampleNode("llama-01", { load: 45, memory: 67, requestsPerSecond: 12, latencyMs: 130, inFlight: 2 }),
    sampleNode("llama-02", {
      status: "warning",
      load: 89,
      memory: 92,
      requestsPerSecond: 8,
      latencyMs: 940,
      inFlight: 4,
      waiting: 3,
    }),
  ];
}

/** What one second brings for these nodes. */
export function samplePulse(
  at: number,
  beats: Record<string, Partial<NodesPulse["nodes"][number]>>,
  queue: QueuedCall[] = [],
): NodesPulse {
  const nodes = Object.entries(beats).map(([id, changes]) => ({
    id,
    status: "healthy" as const,
    reason: "1 model",
    load: 0,
    memory: null,
    requestsPerSecond: 0,
    latencyMs: null,
    inFlight: 0,
    waiting: 0,
    breaker: "closed" as const,
    second: QUIET,
    ...changes,
  }));
  return { at, nodes, queue };
}

/** A call that waits. */
export function sampleCall(callId: string, changes: Partial<QueuedCall> = {}): QueuedCall {
  return {
    callId,
    source: "chat",
    model: "llama3.2:latest",
    position: 1,
    waiting: 2,
    waitedMs: 2_300,
    expectedMs: 4_000,
    ...changes,
  };
}

/** A decision for a node. */
export function sampleDecision(callId: string, changes: Partial<NodeDecision> = {}): NodeDecision {
  return {
    callId,
    at: Date.UTC(2026, 10, 21, 12),
    source: "chat",
    model: "llama3.2:latest",
    nodeId: "llama-01",
    nodeName: "llama-01",
    reason: "it holds the model in memory",
    attempt: 1,
    waitedMs: 0,
    isContinued: false,
    outcome: "complete",
    firstTokenMs: 130,
    durationMs: 2_400,
    completionTokens: 80,
    ...changes,
  };
}

/** A log in which a node went away and came back; the failed probe says why in one word. */
export function sampleLog(reason = "Nothing is there"): NodeLogView {
  const at = Date.UTC(2026, 10, 21, 12);
  return {
    entries: [
      { at: at + 5_000, type: "breaker", state: "closed" },
      {
        at: at + 3_000,
        type: "probe",
        isAnswered: true,
        durationMs: 4,
        reason: "It answers",
        nextAt: at + 18_000,
      },
      { at: at + 1_000, type: "call", durationMs: 12, reason: "The connection broke" },
      { at, type: "breaker", state: "open", until: at + 1_000 },
      { at, type: "probe", isAnswered: false, durationMs: 2, reason, nextAt: at + 1_500 },
    ],
    nextProbeAt: at + 18_000,
  };
}
