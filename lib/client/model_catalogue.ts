import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelEntry } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";

/** Models under the node that holds them; `nodeId` is null for those that several nodes hold. */
export interface ModelGroup {
  nodeId: string | null;
  name: string;
  local: boolean;
  kind: string;
  models: ModelEntry[];
}

/** The models that can be chosen. */
export class ModelCatalogue {
  readonly #entries: Signal<readonly ModelEntry[]>;
  readonly #best: Signal<string>;
  readonly #api: ChatApi;

  /** Whether there is nothing but the built-in model. */
  readonly onlySketch: ReadonlySignal<boolean>;

  constructor(entries: readonly ModelEntry[], best: string, api: ChatApi) {
    this.#entries = signal(entries);
    this.#best = signal(best);
    this.#api = api;
    this.onlySketch = computed(() =>
      this.#entries.value.every((entry) => entry.nodes.every((node) => node.kind === "sketch"))
    );
  }

  get entries(): ReadonlySignal<readonly ModelEntry[]> {
    return this.#entries;
  }

  /** The id of the model that answers when nobody chose one; it changes as servers come and go. */
  get best(): ReadonlySignal<string> {
    return this.#best;
  }

  find(id: string): ModelEntry | undefined {
    return this.#entries.value.find((entry) => entry.id === id);
  }

  async reload(): Promise<void> {
    const { models, defaultModel } = await this.#api.models();
    batch(() => {
      this.#entries.value = models;
      this.#best.value = defaultModel;
    });
  }

  /** Asks the server to look for model servers; true where it found models. */
  async discover(): Promise<boolean> {
    await this.#api.discoverNodes();
    await this.reload();
    return !this.onlySketch.peek();
  }
}

/** The models that answer chats and match the search, by node: those held by several nodes first, then local nodes. */
export function groupModels(entries: readonly ModelEntry[], query: string, anyNode: string): ModelGroup[] {
  const groups = new Map<string | null, ModelGroup>();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) {
    if (!answersChats(entry) || !matches(entry, words)) continue;
    if (entry.nodes.length > 1) add(groups, { id: null, name: anyNode, local: true, kind: "" }, entry);
    for (const node of entry.nodes) add(groups, node, entry);
  }
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function add(
  groups: Map<string | null, ModelGroup>,
  node: { id: string | null; name: string; local: boolean; kind: string },
  entry: ModelEntry,
): void {
  const group = groups.get(node.id);
  if (group) group.models.push(entry);
  else {
    groups.set(node.id, {
      nodeId: node.id,
      name: node.name,
      local: node.local,
      kind: node.kind,
      models: [entry],
    });
  }
}

function answersChats(entry: ModelEntry): boolean {
  return entry.capabilities.length === 0 || entry.capabilities.includes("chat");
}

function matches(entry: ModelEntry, words: readonly string[]): boolean {
  const text = [
    entry.id,
    entry.name,
    entry.family,
    entry.parameters,
    ...entry.capabilities,
    ...entry.nodes.map((node) => node.name),
  ]
    .join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

function rank(group: ModelGroup): number {
  if (group.nodeId === null) return 0;
  return group.kind === "sketch" ? 3 : group.local ? 1 : 2;
}
