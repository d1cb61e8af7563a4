import type { ChatRequest, FreshetError, NodeView, Usage } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { Attempt, CallSource, LedgerRow } from "../analytics/mod.ts";
import type { Clock } from "../host/mod.ts";
import { UsageMeter } from "./usage_meter.ts";

/** An attempt under way, and whether anything of an answer has come. */
export type OpenAttempt = Attempt & { answered: boolean };

/** The ledger row of one call in the making. Until it is told otherwise, the caller has left. */
export class LedgerEntry {
  readonly meter: UsageMeter;
  readonly #clock: Clock;
  readonly #at: number;
  readonly #attempts: OpenAttempt[] = [];
  #outcome: "complete" | "cancelled" | "failed" = "cancelled";
  #error: FreshetError | undefined;
  #usage: Usage | undefined;

  constructor(clock: Clock, request: ChatRequest) {
    this.#clock = clock;
    this.#at = clock.now();
    this.meter = new UsageMeter(request);
  }

  /** Begins an attempt at a node. */
  begin(node: NodeView): OpenAttempt {
    const attempt: OpenAttempt = {
      nodeId: node.id,
      nodeName: node.name,
      startedAt: this.#clock.now(),
      durationMs: 0,
      outcome: "cancelled",
      answered: false,
    };
    this.#attempts.push(attempt);
    return attempt;
  }

  /** Ends an attempt. */
  end(attempt: OpenAttempt): void {
    attempt.durationMs = this.#clock.now() - attempt.startedAt;
  }

  /** The call has succeeded; `usage` goes over what the meter saw. */
  complete(usage?: Usage): void {
    this.#outcome = "complete";
    this.#usage = usage;
  }

  /** The call has ended in an error. */
  fail(error: FreshetError): void {
    this.#outcome = error.code === "cancelled" ? "cancelled" : "failed";
    this.#error = error;
  }

  /** The row to enter when the call is over. */
  row(principal: Principal, model: string, source: CallSource): Omit<LedgerRow, "id"> {
    const first = this.#attempts.find(({ firstTokenMs }) => firstTokenMs !== undefined);
    return {
      profileId: principal.profileId,
      ...(principal.keyId === undefined ? {} : { keyId: principal.keyId }),
      at: this.#at,
      source,
      model,
      attempts: this.#attempts.map(({ answered: _, ...attempt }) => attempt),
      outcome: this.#outcome,
      ...(this.#error ? { error: this.#error.code } : {}),
      usage: this.#usage ?? this.meter.total(),
      durationMs: this.#clock.now() - this.#at,
      ...(first?.firstTokenMs === undefined
        ? {}
        : { firstTokenMs: first.startedAt - this.#at + first.firstTokenMs }),
    };
  }
}
