import { type FreshetError, toFreshetError } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Admission } from "../../access/mod.ts";
import type { Ledger } from "../../analytics/mod.ts";
import { conversationOf } from "../choice/affinity.ts";
import type { ActiveCalls } from "./active_calls.ts";
import { AnswerSoFar } from "./answer_so_far.ts";
import type { ModelCall } from "./calls.ts";
import type { Deadlines } from "./deadlines.ts";
import { LedgerEntry } from "./ledger_entry.ts";
import { TotalDeadline } from "./total_deadline.ts";

/** ms that a person's call waits for the only node there is, when that asked to be left alone. */
const COOL_WAIT_MS = 30_000;
/** A program is told at once, with the time to wait: it has tries of its own. */
const API_COOL_WAIT_MS = 300;

/** What an open call is made of. */
export interface OpenCallOptions {
  clock: Clock;
  ledger: Ledger;
  deadlines: Deadlines;
  /** ms for the call with all its attempts. */
  totalMs: number;
  /** Where it counts while it is under way. */
  active: ActiveCalls;
  /** What was taken of the caller's limits. */
  admission: Admission | undefined;
}

/** One call while it is under way, with all its attempts; it leaves one row in the ledger. */
export class OpenCall {
  readonly call: ModelCall;
  readonly entry: LedgerEntry;
  readonly total: TotalDeadline;
  readonly answer: AnswerSoFar;
  readonly conversation: string;
  /** Among whom turns are shared fairly: the people and the keys that ask. */
  readonly tenant: string;
  /** How the attempts before this one failed. */
  readonly failures: FreshetError[] = [];
  /** The node that was asked last. */
  before = "";
  readonly #options: OpenCallOptions;

  constructor(call: ModelCall, options: OpenCallOptions) {
    this.#options = options;
    this.call = call;
    options.active.begin(call.principal.profileId, call.request.model);
    this.entry = new LedgerEntry(options.clock);
    this.total = new TotalDeadline(call.signal, options.deadlines, options.totalMs);
    this.answer = new AnswerSoFar(call.request);
    this.tenant = tenantOf(call);
    this.conversation = conversationOf(call.source, call.request, this.tenant);
  }

  /** ms that it waits for nodes that asked to be left alone. */
  get coolWaitMs(): number {
    return this.call.source.type === "api" ? API_COOL_WAIT_MS : COOL_WAIT_MS;
  }

  /** Notes that it came to nothing. Returns what its caller is told. */
  fail(cause: unknown): FreshetError {
    const error = toFreshetError(this.total.reasonOf(cause));
    this.entry.fail(error);
    return error;
  }

  /** Ends it: the ledger gets its row, and the limits what was used. */
  close(): void {
    const { principal, request, source } = this.call;
    this.total.close();
    this.#options.active.end(principal.profileId, request.model);
    const row = this.entry.row(principal, request.model, source);
    this.#options.ledger.record(row);
    this.#options.admission?.settle(row.usage.totalTokens);
  }
}

function tenantOf({ principal: { keyId, profileId }, source }: ModelCall): string {
  const tenant = keyId === undefined ? `profile ${profileId}` : `key ${keyId}`;
  // However many calls a benchmark sends, who chats gets every other turn.
  return source.type === "benchmark" ? `benchmarks ${tenant}` : tenant;
}
