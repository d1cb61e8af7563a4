import { type ReadonlySignal, signal } from "@preact/signals";
import { type ChatImportReport, type ErrorBody, FreshetError } from "../../shared/mod.ts";
import type { SettingsApi } from "./settings_api.ts";

/** Where an import stands. */
export type ImportState =
  | { type: "idle" }
  /** `part` of the file, from 0 to 1, has been sent; the server reads while it arrives. */
  | { type: "running"; name: string; part: number }
  | { type: "done"; report: ChatImportReport }
  | { type: "failed"; problem: ErrorBody };

/** What a `TransferModel` needs. */
export interface TransferOptions {
  api: Pick<SettingsApi, "importChats">;
  initial: ImportState;
  onError(error: unknown): void;
}

/** Imports exports of chats, one at a time. */
export class TransferModel {
  readonly #options: TransferOptions;
  readonly #state = signal<ImportState>({ type: "idle" });
  #ending: AbortController | null = null;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#state.value = options.initial;
  }

  get state(): ReadonlySignal<ImportState> {
    return this.#state;
  }

  /** Sends a file and waits for what came of it. Does nothing while another one is on its way. */
  async import(file: File): Promise<void> {
    if (this.#state.peek().type === "running") return;
    const ending = this.#ending = new AbortController();
    const show = (part: number) => void (this.#state.value = { type: "running", name: file.name, part });
    show(0);
    try {
      const report = await this.#options.api.importChats(file, show, ending.signal);
      this.#state.value = { type: "done", report };
    } catch (error) {
      this.#state.value = error instanceof FreshetError
        ? { type: "failed", problem: error.toBody() }
        : { type: "idle" };
      if (!(error instanceof FreshetError) && !ending.signal.aborted) this.#options.onError(error);
    }
  }

  /** Gives the import up; chats that came before stay. */
  cancel(): void {
    this.#ending?.abort();
  }
}
