import type { TerminalEnd, TerminalSessionRecord } from "../shared/terminal/mod.ts";
import { type Clock, endLeftOver } from "../host/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";
import { keepLatest } from "./keep_latest.ts";

const SESSION = recordType<TerminalSessionRecord>("terminal session");
const KEPT = 1_000;

/** Names its session to all that runs in a terminal, as terminals commonly do. */
export const SESSION_VARIABLE = "TERM_SESSION_ID";

/** What is kept of sessions, those that run and the latest thousand. */
export class SessionRecords {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  async begin(record: Omit<TerminalSessionRecord, "ownerId" | "commands">): Promise<void> {
    const { profileId, id } = record;
    const session = { ...record, ownerId: this.#store.processId, commands: 0 };
    await this.#store.kv.set(keys.terminalSession(profileId, id), this.#store.encode(SESSION, session));
    await keepLatest(this.#store, keys.terminalSessions(profileId), KEPT);
  }

  /** Changes what is kept of a session that is there. */
  async update(
    profileId: string,
    id: string,
    change: (record: TerminalSessionRecord) => Partial<TerminalSessionRecord>,
  ): Promise<void> {
    for (;;) {
      const stored = await this.#store.get(SESSION, keys.terminalSession(profileId, id));
      if (!stored) return;
      const bytes = this.#store.encode(SESSION, { ...stored.value, ...change(stored.value) });
      if ((await this.#store.kv.atomic().check(stored).set(stored.key, bytes).commit()).ok) return;
    }
  }

  async end(profileId: string, id: string, end: TerminalEnd, exitCode?: number): Promise<void> {
    const endedAt = this.#clock.now();
    await this.update(profileId, id, () => ({
      endedAt,
      end,
      ...(exitCode === undefined ? {} : { exitCode }),
    }));
  }

  /** Newest first. */
  async list(profileId: string, limit = 100): Promise<TerminalSessionRecord[]> {
    const rows = this.#store.list(SESSION, { prefix: keys.terminalSessions(profileId) }, {
      limit,
      reverse: true,
    });
    return (await Array.fromAsync(rows)).map(({ value }) => value);
  }

  /**
   * Ends the records of sessions whose process died. The system ended their shells then, but not the background jobs that the
   * hang-up did not reach: they are ended now, unless they were told to ignore it (`nohup`).
   */
  async sweep(profileId: string): Promise<void> {
    for (const record of await this.list(profileId, KEPT)) {
      if (record.endedAt !== undefined || record.ownerId === this.#store.processId) continue;
      const owner = this.#store.shared ? await this.#store.kv.get(keys.process(record.ownerId)) : undefined;
      if (owner?.versionstamp) continue;
      const { id, pid } = record;
      if (pid !== undefined) await endLeftOver(pid, { name: SESSION_VARIABLE, value: id });
      await this.end(profileId, id, "lost");
    }
  }
}
