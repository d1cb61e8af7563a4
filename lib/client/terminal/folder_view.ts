import { type ReadonlySignal, signal } from "@preact/signals";
import { FreshetError } from "../../shared/mod.ts";
import type { TerminalFolder } from "../../shared/terminal/mod.ts";
import type { TerminalApi } from "./terminal_api.ts";

/** What the file pane shows. */
export type FolderState =
  | { type: "none" }
  | { type: "loading"; path: string }
  | { type: "listed"; folder: TerminalFolder }
  | { type: "failed"; path: string; error: FreshetError };

/** The names in the folder of the shell that is shown; it follows where the shell goes. */
export class FolderView {
  readonly #api: Pick<TerminalApi, "folder">;
  readonly #state = signal<FolderState>({ type: "none" });
  #looks = 0;
  #sessionId: string | undefined;

  constructor(api: Pick<TerminalApi, "folder">) {
    this.#api = api;
  }

  get state(): ReadonlySignal<FolderState> {
    return this.#state;
  }

  /** Shows the folder that a session is in now; nothing for none. */
  async follow(session: { id: string; cwd: string } | undefined): Promise<void> {
    const look = ++this.#looks;
    if (!session) {
      this.#sessionId = undefined;
      this.#state.value = { type: "none" };
      return;
    }
    const { id, cwd } = session;
    const state = this.#state.peek();
    // What is shown stays until there is something else, so that nothing flickers.
    const isSame = this.#sessionId === id && state.type === "listed" && state.folder.path === cwd;
    this.#sessionId = id;
    if (!isSame) this.#state.value = { type: "loading", path: cwd };
    try {
      const folder = await this.#api.folder(id);
      if (look === this.#looks) this.#state.value = { type: "listed", folder };
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      if (look === this.#looks) this.#state.value = { type: "failed", path: cwd, error };
    }
  }
}
