import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TerminalCommand, TerminalFavourite } from "../../shared/terminal/mod.ts";
import type { Clock } from "../clock.ts";
import type { TerminalApi } from "./terminal_api.ts";

/** What a `CommandBook` needs. */
export interface CommandBookOptions {
  commands: readonly TerminalCommand[];
  favourites: readonly TerminalFavourite[];
  api: Pick<TerminalApi, "commands" | "deleteCommand" | "clearCommands" | "addFavourite" | "deleteFavourite">;
  clock: Clock;
  onError(error: unknown): void;
}

/** ms after the last key before the server is asked. */
const SEARCH_MS = 200;

/** The commands that were given, as they are looked for, and those that are kept at hand. */
export class CommandBook {
  readonly #options: CommandBookOptions;
  readonly #commands: Signal<readonly TerminalCommand[]>;
  readonly #favourites: Signal<readonly TerminalFavourite[]>;
  readonly #query = signal("");
  #cancelSearch: () => void = () => {};
  #searches = 0;

  constructor(options: CommandBookOptions) {
    this.#options = options;
    this.#commands = signal(options.commands);
    this.#favourites = signal(options.favourites);
  }

  /** Newest first, each once. */
  get commands(): ReadonlySignal<readonly TerminalCommand[]> {
    return this.#commands;
  }

  get favourites(): ReadonlySignal<readonly TerminalFavourite[]> {
    return this.#favourites;
  }

  get query(): ReadonlySignal<string> {
    return this.#query;
  }

  /** Looks for commands with all of these words, soon. */
  search(query: string): void {
    this.#query.value = query;
    this.#cancelSearch();
    this.#cancelSearch = this.#options.clock.after(SEARCH_MS, () => void this.reload());
  }

  /** Asks the server anew. */
  async reload(): Promise<void> {
    const search = ++this.#searches;
    await this.#trying(async () => {
      const commands = await this.#options.api.commands(this.#query.peek());
      if (search === this.#searches) this.#commands.value = commands;
    });
  }

  /** Forgets a command. */
  async forget(id: string): Promise<void> {
    await this.#trying(async () => {
      await this.#options.api.deleteCommand(id);
      this.#commands.value = this.#commands.peek().filter((command) => command.id !== id);
    });
  }

  /** Forgets all commands. */
  async clear(): Promise<void> {
    await this.#trying(async () => {
      await this.#options.api.clearCommands();
      this.#commands.value = [];
    });
  }

  isFavourite(command: string): boolean {
    return this.#favourites.value.some((favourite) => favourite.command === command);
  }

  /** Keeps a command at hand, or no longer. */
  async toggleFavourite(command: string): Promise<void> {
    const { api } = this.#options;
    const known = this.#favourites.peek().find((favourite) => favourite.command === command);
    await this.#trying(async () => {
      if (known) {
        await api.deleteFavourite(known.id);
        this.#favourites.value = this.#favourites.peek().filter(({ id }) => id !== known.id);
      } else {
        const added = await api.addFavourite(command);
        this.#favourites.value = [...this.#favourites.peek(), added];
      }
    });
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
