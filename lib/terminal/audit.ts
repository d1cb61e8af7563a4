import { newId } from "../shared/mod.ts";
import type { TerminalAuditEntry } from "../shared/terminal/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import { houseOf, type Principal } from "../access/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";
import { keepLatest } from "./keep_latest.ts";
import type { Visitor } from "./visitor.ts";

const ENTRY = recordType<TerminalAuditEntry>("entry of the terminals' audit");
const KEPT = 10_000;
/** How many entries come before old ones are looked for. */
const PRUNE_EVERY = 500;
const TEXT_MAX = 4_000;
const AGENT_MAX = 300;

/** What is entered: the rest comes from who did it. */
export type AuditEvent = Pick<TerminalAuditEntry, "type" | "sessionId" | "detail">;

/** The record of who did what with terminals, when and from where: the latest 10,000 entries. It cannot be emptied from a page. */
export class TerminalAudit {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  #added = 0;
  #isClosed = false;
  #work: Promise<void> = Promise.resolve();

  constructor({ store, clock, log }: { store: Store; clock: Clock; log: Log }) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** Enters what a visitor did, or what happened to a profile's terminals by itself. Entries are written in their order. */
  add(by: Visitor | { profileId: string }, event: AuditEvent): Promise<void> {
    const isVisit = "principal" in by;
    const profileId = isVisit ? houseOf(by.principal).profileId : by.profileId;
    const now = this.#clock.now();
    const entry: TerminalAuditEntry = {
      id: newId(now),
      at: now,
      who: !isVisit ? profileId : by.principal.type === "key" ? "key" : by.principal.profileId,
      ...(isVisit ? { from: by.from } : {}),
      ...(isVisit && by.agent ? { agent: by.agent.slice(0, AGENT_MAX) } : {}),
      ...event,
      ...(event.detail === undefined ? {} : { detail: event.detail.slice(0, TEXT_MAX) }),
    };
    this.#log.info("Terminal", { ...entry });
    if (this.#isClosed) return this.#work;
    this.#work = this.#work.then(() => this.#write(profileId, entry));
    return this.#work;
  }

  /** The entries before one, or the latest; newest first. */
  async list(principal: Principal, { before, limit = 100 }: { before?: string; limit?: number } = {}) {
    const { profileId } = houseOf(principal);
    await this.#work;
    const prefix = keys.terminalAudit(profileId);
    const selector = before === undefined
      ? { prefix }
      : { prefix, end: keys.terminalAuditEntry(profileId, before) };
    const rows = this.#store.list(ENTRY, selector, { limit, reverse: true });
    return (await Array.fromAsync(rows)).map(({ value }) => value);
  }

  /** Waits for what is being written; what comes later goes to the log only. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#work;
  }

  async #write(profileId: string, entry: TerminalAuditEntry): Promise<void> {
    try {
      await this.#store.kv.set(
        keys.terminalAuditEntry(profileId, entry.id),
        this.#store.encode(ENTRY, entry),
      );
      if (++this.#added % PRUNE_EVERY === 0) {
        await keepLatest(this.#store, keys.terminalAudit(profileId), KEPT);
      }
    } catch (error) {
      // The log has the entry.
      this.#log.error("Cannot write an entry of the audit", { error });
    }
  }
}
