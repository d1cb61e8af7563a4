import { FreshetError, newId } from "../shared/mod.ts";
import type { TerminalCommand } from "../shared/terminal/mod.ts";
import type { Clock } from "../host/mod.ts";
import { keys, recordType, type Store } from "../store/mod.ts";
import { keepLatest } from "./keep_latest.ts";

const COMMAND = recordType<TerminalCommand>("terminal command");
const KEPT = 5_000;
/** How many commands come before old ones are looked for. */
const PRUNE_EVERY = 200;

/** What to look for among commands. */
export interface CommandQuery {
  /** All of its words have to be in the command. */
  text?: string;
  sessionId?: string;
  limit?: number;
}

/** The commands that a profile gave in its terminals: the latest 5,000. */
export class CommandHistory {
  readonly #store: Store;
  readonly #clock: Clock;
  #added = 0;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Keeps a command that begins. */
  async begin(
    profileId: string,
    { sessionId, command, cwd }: Pick<TerminalCommand, "sessionId" | "command" | "cwd">,
  ): Promise<TerminalCommand> {
    const at = this.#clock.now();
    const record: TerminalCommand = { id: newId(at), sessionId, command, cwd, at };
    await this.#set(profileId, record);
    if (++this.#added % PRUNE_EVERY === 0) {
      await keepLatest(this.#store, keys.terminalCommands(profileId), KEPT);
    }
    return record;
  }

  /** Keeps how a command ended, unless it was deleted meanwhile. */
  async finish(profileId: string, command: TerminalCommand, exitCode: number): Promise<void> {
    const key = keys.terminalCommand(profileId, command.id);
    const stored = await this.#store.get(COMMAND, key);
    if (!stored) return;
    const durationMs = Math.max(0, this.#clock.now() - command.at);
    const bytes = this.#store.encode(COMMAND, { ...command, exitCode, durationMs });
    await this.#store.kv.atomic().check(stored).set(key, bytes).commit();
  }

  /** The commands that were asked for, newest first, each text once. */
  async search(profileId: string, { text = "", sessionId, limit = 100 }: CommandQuery = {}) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found: TerminalCommand[] = [];
    const seen = new Set<string>();
    const selector = { prefix: keys.terminalCommands(profileId) };
    for await (const { value } of this.#store.list(COMMAND, selector, { reverse: true, batchSize: 500 })) {
      if (found.length >= limit) break;
      if (sessionId !== undefined && value.sessionId !== sessionId) continue;
      const command = value.command.toLowerCase();
      if (seen.has(value.command) || !words.every((word) => command.includes(word))) continue;
      seen.add(value.command);
      found.push(value);
    }
    return found;
  }

  /** Forgets a command, each time that it was given. Throws `not_found`. */
  async delete(profileId: string, id: string): Promise<void> {
    const stored = await this.#store.get(COMMAND, keys.terminalCommand(profileId, id));
    if (!stored) throw new FreshetError("not_found", "There is no such command");
    const selector = { prefix: keys.terminalCommands(profileId) };
    for await (const { key, value } of this.#store.list(COMMAND, selector)) {
      if (value.command === stored.value.command) await this.#store.kv.delete(key);
    }
  }

  /** Forgets all commands. */
  async clear(profileId: string): Promise<void> {
    await keepLatest(this.#store, keys.terminalCommands(profileId), 0);
  }

  async #set(profileId: string, record: TerminalCommand): Promise<void> {
    await this.#store.kv.set(
      keys.terminalCommand(profileId, record.id),
      this.#store.encode(COMMAND, record),
    );
  }
}
