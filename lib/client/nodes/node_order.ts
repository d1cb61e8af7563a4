import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LiveNode } from "./live_node.ts";
import { inOrder } from "./nodes_board.ts";

/** What is said while a node is moved: places count from 1. */
export type OrderNews = "lifted" | "moved" | "dropped" | "cancelled";

/** What a `NodeOrder` needs. */
export interface NodeOrderOptions {
  nodes: ReadonlySignal<readonly LiveNode[]>;
  /** Keeps the order of the nodes that can be moved. */
  save(ids: readonly string[]): Promise<boolean>;
  onNews(news: OrderNews, node: LiveNode, place: number, count: number): void;
}

/** A node on its way to another place: the same for the mouse, for fingers and for keys. */
export class NodeOrder {
  readonly #options: NodeOrderOptions;
  readonly #lifted = signal<string | null>(null);
  readonly #ids: Signal<readonly string[]> = signal([]);
  #before: readonly string[] = [];

  /** The nodes as they are shown. */
  readonly shown: ReadonlySignal<readonly LiveNode[]>;

  constructor(options: NodeOrderOptions) {
    this.#options = options;
    this.shown = computed(() => {
      const nodes = options.nodes.value;
      return this.#lifted.value === null ? nodes : inOrder(nodes, this.#ids.value);
    });
  }

  /** The node that is being moved. */
  get lifted(): ReadonlySignal<string | null> {
    return this.#lifted;
  }

  /** Takes a node up; false for one that cannot be moved. */
  lift(id: string): boolean {
    if (this.#lifted.peek() !== null) this.cancel();
    const ids = this.#options.nodes.peek().filter(({ isOwn }) => isOwn).map((node) => node.id);
    if (!ids.includes(id)) return false;
    this.#before = ids;
    this.#ids.value = ids;
    this.#lifted.value = id;
    this.#tell("lifted");
    return true;
  }

  /** Moves the lifted node to the place of another one; nothing happens where that cannot be moved. */
  moveTo(id: string): void {
    const to = this.#ids.peek().indexOf(id);
    if (to >= 0) this.#moveToPlace(to);
  }

  /** Moves the lifted node by some places; beyond the ends it stays there. */
  moveBy(places: number): void {
    const ids = this.#ids.peek();
    const from = ids.indexOf(this.#lifted.peek() ?? "");
    this.#moveToPlace(Math.max(0, Math.min(ids.length - 1, from + places)));
  }

  /** Puts the lifted node down where it is, and keeps that. */
  async drop(): Promise<void> {
    if (this.#lifted.peek() === null) return;
    const ids = this.#ids.peek();
    this.#tell("dropped");
    const hasMoved = ids.some((id, i) => id !== this.#before[i]);
    // Saving begins by showing the order, so that nothing jumps back in between.
    const saving = hasMoved ? this.#options.save(ids) : undefined;
    this.#lifted.value = null;
    await saving;
  }

  /** Puts the lifted node back. */
  cancel(): void {
    if (this.#lifted.peek() === null) return;
    this.#ids.value = this.#before;
    this.#tell("cancelled");
    this.#lifted.value = null;
  }

  /** Moves a node by some places in one go. */
  async shift(id: string, places: number): Promise<void> {
    if (!this.lift(id)) return;
    this.moveBy(places);
    await this.drop();
  }

  #moveToPlace(to: number): void {
    const id = this.#lifted.peek();
    const ids = this.#ids.peek();
    if (id === null || ids[to] === id) return;
    const others = ids.filter((other) => other !== id);
    this.#ids.value = others.toSpliced(to, 0, id);
    this.#tell("moved");
  }

  #tell(news: OrderNews): void {
    const id = this.#lifted.peek();
    const node = this.#options.nodes.peek().find((node) => node.id === id);
    const ids = this.#ids.peek();
    if (node) this.#options.onNews(news, node, ids.indexOf(node.id) + 1, ids.length);
  }
}
