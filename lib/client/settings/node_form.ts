import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ErrorBody, NodeInfo, NodeTest } from "../../shared/mod.ts";
import { tellProblem } from "../submission.ts";
import { nodeBodyOf, type NodeDraft } from "./node_draft.ts";
import type { SettingsApi } from "./settings_api.ts";

/** What the last try showed; `kept` where it could not be made without sending the kept key elsewhere. */
export type TryResult = NodeTest | "running" | "kept" | null;

/** What a `NodeForm` needs. */
export interface NodeFormOptions {
  /** The node that is edited; null for a new one. */
  node: NodeInfo | null;
  draft: NodeDraft;
  problem: ErrorBody | null;
  api: Pick<SettingsApi, "createNode" | "updateNode" | "testNode" | "testServer">;
  onSaved(node: NodeInfo): void;
  onError(error: unknown): void;
}

/** A node while it is added or changed. */
export class NodeForm {
  readonly #draft: Signal<NodeDraft>;
  readonly #tried: Signal<TryResult> = signal(null);
  readonly #saving: Signal<boolean> = signal(false);
  readonly #problem: Signal<ErrorBody | null>;
  readonly #options: NodeFormOptions;

  constructor(options: NodeFormOptions) {
    this.#options = options;
    this.#draft = signal(options.draft);
    this.#problem = signal(options.problem);
  }

  get draft(): ReadonlySignal<NodeDraft> {
    return this.#draft;
  }

  get tried(): ReadonlySignal<TryResult> {
    return this.#tried;
  }

  get saving(): ReadonlySignal<boolean> {
    return this.#saving;
  }

  /** What is wrong with what was typed. */
  get problem(): ReadonlySignal<ErrorBody | null> {
    return this.#problem;
  }

  change(changes: Partial<NodeDraft>): void {
    this.#draft.value = { ...this.#draft.peek(), ...changes };
    const field = this.#problem.peek()?.field;
    if (field !== undefined && field in changes) this.#problem.value = null;
  }

  /** Asks the server that the form describes. The kept key only goes where it went before. */
  async try(): Promise<void> {
    const { api, node, onError } = this.#options;
    const draft = this.#draft.peek();
    const usesKept = node?.hasKey && draft.apiKey.trim() === "" && !draft.removeKey;
    if (usesKept && (draft.baseUrl.trim() !== node.baseUrl || draft.kind !== node.kind)) {
      this.#tried.value = "kept";
      return;
    }
    this.#tried.value = "running";
    try {
      const { apiKey, ...body } = nodeBodyOf(draft);
      this.#tried.value = usesKept
        ? await api.testNode(node.id)
        : await api.testServer({ ...body, name: body.name || "-", ...(apiKey ? { apiKey } : {}) });
    } catch (error) {
      this.#tried.value = null;
      tellProblem(error, this.#problem, onError);
    }
  }

  /** Adds the node, or keeps what was changed. */
  async save(): Promise<void> {
    const { api, node, onSaved, onError } = this.#options;
    if (this.#saving.peek()) return;
    this.#saving.value = true;
    this.#problem.value = null;
    try {
      const body = nodeBodyOf(this.#draft.peek());
      onSaved(node ? await api.updateNode(node.id, body) : await api.createNode(body));
    } catch (error) {
      this.#saving.value = false;
      tellProblem(error, this.#problem, onError);
    }
  }
}
