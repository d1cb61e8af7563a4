import type { Payload, PayloadRef } from "../client/payload.ts";
import type { Snapshot } from "../snapshot.ts";
import { findIsland, type IslandExport } from "./island_registry.ts";
import { Serializer } from "./serialize.ts";
import { Tokens } from "./tokens.ts";
import type { RenderedVNode } from "./vnode.ts";

/** What a render finds out about the page on its way. */
export class RenderState {
  readonly tokens: Tokens = new Tokens();
  /** Components of the page's islands, each once. */
  readonly components: IslandExport[] = [];
  /** The islands in the order in which they were met. */
  readonly islands: Payload["islands"] = [];
  /** Names of the page's partials. */
  readonly partials: Set<string> = new Set();
  /** Markup that islands were given, with the id by which the browser finds it. */
  readonly slots: Map<RenderedVNode, number> = new Map();
  /** Slots that their islands rendered. */
  readonly shownSlots: Set<number> = new Set();
  /** Keys of the head's entries by the names of their parts. */
  readonly headKeys: Map<string, string> = new Map();
  /** Which of `html`, `head` and `body` the page has itself. */
  readonly skeleton: Set<string> = new Set();
  readonly idPrefix: string;
  readonly serializer: Serializer;

  constructor(readonly snapshot: Snapshot | null, readonly nonce: string, isPartial: boolean) {
    this.idPrefix = isPartial ? `${crypto.randomUUID().slice(0, 8)}-` : "";
    this.serializer = new Serializer((vnode) => this.#slotFor(vnode));
  }

  /** The island that a component is, where it is one. */
  findIsland(component: unknown): IslandExport | undefined {
    return this.snapshot ? findIsland(this.snapshot, component) : undefined;
  }

  /** Adds an island with its props and gives its index in the page. */
  addIsland(island: IslandExport, props: Record<string, unknown>): number {
    let component = this.components.indexOf(island);
    if (component === -1) component = this.components.push(island) - 1;
    const ref: PayloadRef = this.serializer.add(props, island.label);
    return this.islands.push([component, ref]) - 1;
  }

  #slotFor(vnode: RenderedVNode): number {
    const id = this.slots.get(vnode) ?? this.slots.size;
    this.slots.set(vnode, id);
    return id;
  }
}
