import type { ChatRequest, FreshetError, NodeInfo, Usage } from "../../shared/mod.ts";
import { newId } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Attempt, CallRecord, CallSource } from "../../analytics/mod.ts";
import type { Clock } from "../../host/mod.ts";
import { UsageMeter } from "./usage_meter.ts";

/** What the ledger keeps of a node. */
type PricedNodeInfo = Pick<NodeInfo, "id" | "name" | "local">;

/** An attempt under way: what it has cost so far, and whether anything of an answer has come. */
export class OpenAttempt {
  readonly meter: UsageMeter;
  readonly row: Attempt;
  answered = false;
  isLoading = false;
  /** Goes over what the meter saw. */
  reported: Usage | undefined;

  constructor(node: PricedNodeInfo, request: ChatRequest, now: number) {
    this.meter = new UsageMeter(request);
    this.row = {
      nodeId: node.id,
      nodeName: node.name,
      model: request.model,
      local: node.local,
      startedAt: now,
      durationMs: 0,
      outcome: "cancelled",
    };
  }

  /** What the attempt cost; undefined where the node has shown no sign of having worked. */
  get usage(): Usage | undefined {
    if (this.reported) return this.reported;
    if (this.answered || this.meter.isReported || this.row.outcome === "complete") return this.meter.total();
    // A caller that left before the first token: the node was reading the prompt.
    return this.row.outcome === "cancelled" ? this.meter.total() : undefined;
  }
}

/** The ledger row of one call in the making. Until it is told otherwise, the caller has left. */
export class LedgerEntry {
  /** Of the call, under which its attempts stand. */
  readonly id = newId();
  readonly #clock: Clock;
  readonly #at: number;
  readonly #attempts: OpenAttempt[] = [];
  #outcome: "complete" | "cancelled" | "failed" = "cancelled";
  #error: FreshetError | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#at = clock.now();
  }

  /** Begins an attempt at a node. */
  begin(node: PricedNodeInfo, request: ChatRequest): OpenAttempt {
    const attempt = new OpenAttempt(node, request, this.#clock.now());
    this.#attempts.push(attempt);
    return attempt;
  }

  /** Ends an attempt. */
  end(attempt: OpenAttempt): void {
    attempt.row.durationMs = this.#clock.now() - attempt.row.startedAt;
    const { usage } = attempt;
    if (usage) attempt.row.usage = usage;
  }

  /** The call has succeeded; `usage` goes over what the meter of its last attempt saw. */
  complete(usage?: Usage): void {
    this.#outcome = "complete";
    const last = this.#attempts.at(-1);
    if (last && usage) last.reported = usage;
  }

  /** The call has ended in an error. */
  fail(error: FreshetError): void {
    this.#outcome = error.code === "cancelled" ? "cancelled" : "failed";
    this.#error = error;
  }

  /** Whether a node has worked for the call already. */
  get hasCost(): boolean {
    return this.#attempts.some(({ usage }) => usage !== undefined);
  }

  /** Whether the caller has to be told a sum, since more than one node worked or the one that did reported nothing. */
  hasSum(attempt: OpenAttempt): boolean {
    return !attempt.meter.isReported || this.#attempts.some((other) => other !== attempt && other.usage);
  }

  /** What all attempts have cost together; the prompt of the first, as the caller sent it. */
  sum(): Usage {
    const parts = this.#attempts.flatMap(({ usage }) => usage ?? []);
    const [first = NOTHING, ...others] = parts;
    if (others.length === 0) return first;
    const completionTokens = parts.reduce((sum, part) => sum + part.completionTokens, 0);
    const { promptTokens } = first;
    return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
  }

  /** The row to enter when the call is over. */
  row(principal: Principal, model: string, source: CallSource): CallRecord {
    const first = this.#attempts.find(({ row }) => row.firstTokenMs !== undefined)?.row;
    return {
      id: this.id,
      profileId: principal.profileId,
      ...(principal.keyId === undefined ? {} : { keyId: principal.keyId }),
      at: this.#at,
      source,
      model,
      attempts: this.#attempts.map(({ row }) => row),
      outcome: this.#outcome,
      ...(this.#error ? { error: this.#error.code } : {}),
      usage: this.#billed(),
      durationMs: this.#clock.now() - this.#at,
      ...(first?.firstTokenMs === undefined
        ? {}
        : { firstTokenMs: first.startedAt - this.#at + first.firstTokenMs }),
    };
  }

  /** What all attempts have cost: each node read a prompt of its own. */
  #billed(): Usage {
    const parts = this.#attempts.flatMap(({ usage }) => usage ?? []);
    const [first = NOTHING, ...others] = parts;
    return others.reduce(addUp, first);
  }
}

const NOTHING: Usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: true };

function addUp(sum: Usage, part: Usage): Usage {
  const reasoningTokens = (sum.reasoningTokens ?? 0) + (part.reasoningTokens ?? 0);
  const cachedTokens = (sum.cachedTokens ?? 0) + (part.cachedTokens ?? 0);
  return {
    promptTokens: sum.promptTokens + part.promptTokens,
    completionTokens: sum.completionTokens + part.completionTokens,
    totalTokens: sum.totalTokens + part.totalTokens,
    ...(reasoningTokens > 0 ? { reasoningTokens } : {}),
    ...(cachedTokens > 0 ? { cachedTokens } : {}),
    estimated: sum.estimated || part.estimated,
  };
}
