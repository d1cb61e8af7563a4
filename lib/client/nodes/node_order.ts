import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { LiveNode } from "./live_node.ts";
import { movedTo, placeOf, type Tiers, without } from "./tiers.ts";

/** What is said while a node is moved. */
export type OrderNews = "lifted" | "moved" | "dropped" | "cancelled";

/** Where a node stands. */
export interface Standing {
  /** Counts from 1. */
  tier: number;
  count: number;
  /** How many nodes the tier has. */
  sharing: number;
}

/** A tier as it is shown. */
export interface ShownTier {
  /** Counts from 1; undefined for that of the built-in node, which is always the last. */
  place: number | undefined;
  nodes: readonly LiveNode[];
  /** Where the lifted node would get a tier of its own before and after this one: see `moveToGap`. */
  gap: number;
  gapAfter: number;
}

/** What a `NodeOrder` needs. */
export interface NodeOrderOptions {
  nodes: ReadonlySignal<readonly LiveNode[]>;
  /** The tiers as they are kept. */
  tiers: ReadonlySignal<Tiers>;
  /** Keeps other tiers. */
  save(tiers: Tiers): Promise<boolean>;
  onNews(news: OrderNews, node: LiveNode, standing: Standing): void;
}

/** A node on its way to another tier: the same for the mouse, for fingers and for keys. */
export class NodeOrder {
  readonly #options: NodeOrderOptions;
  readonly #lifted: Signal<string | null> = signal(null);
  readonly #place = signal(0);
  readonly #isStill = signal(false);
  readonly #tiers: ReadonlySignal<Tiers>;
  /** The place that is marked while all stands still. */
  readonly #target: ReadonlySignal<number | null>;

  /** The tiers as they are shown. */
  readonly shown: ReadonlySignal<readonly ShownTier[]>;

  constructor(options: NodeOrderOptions) {
    this.#options = options;
    this.#tiers = computed(() => {
      const tiers = options.tiers.value;
      const id = this.#lifted.value;
      return id === null ? tiers : movedTo(tiers, id, this.#place.value);
    });
    this.shown = computed(() => {
      const tiers = this.#isStill.value ? options.tiers.value : this.#tiers.value;
      return shownTiers(options.nodes.value, tiers, this.#lifted.value);
    });
    this.#target = computed(() => {
      const id = this.#lifted.value;
      if (id === null || !this.#isStill.value) return null;
      return this.#place.value === placeOf(options.tiers.value, id) ? null : this.#place.value;
    });
  }

  /** The node that is being moved. */
  get lifted(): ReadonlySignal<string | null> {
    return this.#lifted;
  }

  /** Whether the lifted node would get a tier of its own before this one, or join it, were it dropped now. */
  targetAt({ gap, nodes }: Pick<ShownTier, "gap" | "nodes">): "before" | "into" | null {
    const target = this.#target.value;
    if (target === null) return null;
    if (target === 2 * gap) return "before";
    const isOnlyLifted = nodes.length === 1 && nodes[0]?.id === this.#lifted.value;
    return target === 2 * gap + 1 && !isOnlyLifted ? "into" : null;
  }

  /**
   * Takes a node up; false for one that cannot be moved. `isStill` leaves all where it stands until it is dropped, so that what a
   * pointer aims at does not run away; otherwise each move is shown at once.
   */
  lift(id: string, isStill = false): boolean {
    if (this.#lifted.peek() !== null) this.cancel();
    if (!this.#options.nodes.peek().some((node) => node.id === id && node.isOwn)) return false;
    this.#place.value = placeOf(this.#options.tiers.peek(), id);
    this.#isStill.value = isStill;
    this.#lifted.value = id;
    this.#tell("lifted");
    return true;
  }

  /** Moves the lifted node into the tier of another one. */
  moveInto(id: string): void {
    const tier = this.#others().findIndex((ids) => ids.includes(id));
    if (tier >= 0) this.#moveTo(2 * tier + 1);
  }

  /** Gives the lifted node a tier of its own, at a gap of the shown ones. */
  moveToGap(gap: number): void {
    this.#moveTo(2 * gap);
  }

  /** Moves the lifted node by some places: into each tier, and to a tier of its own between them. Beyond the ends it stays there. */
  moveBy(places: number): void {
    this.#moveTo(this.#place.peek() + places);
  }

  /** Puts the lifted node down where it is, and keeps that. */
  async drop(): Promise<void> {
    const id = this.#lifted.peek();
    if (id === null) return;
    this.#tell("dropped");
    const hasMoved = this.#place.peek() !== placeOf(this.#options.tiers.peek(), id);
    // Saving begins by showing the order, so that nothing jumps back in between.
    const saving = hasMoved ? this.#options.save(this.#tiers.peek()) : undefined;
    this.#putDown();
    await saving;
  }

  /** Puts the lifted node back. */
  cancel(): void {
    const id = this.#lifted.peek();
    if (id === null) return;
    this.#place.value = placeOf(this.#options.tiers.peek(), id);
    this.#tell("cancelled");
    this.#putDown();
  }

  /** Moves a node by some places in one go. */
  async shift(id: string, places: number): Promise<void> {
    if (!this.lift(id)) return;
    this.moveBy(places);
    await this.drop();
  }

  #putDown(): void {
    this.#lifted.value = null;
    this.#isStill.value = false;
  }

  #others(): Tiers {
    return without(this.#options.tiers.peek(), this.#lifted.peek() ?? "");
  }

  #moveTo(place: number): void {
    if (this.#lifted.peek() === null) return;
    const to = Math.max(0, Math.min(2 * this.#others().length, place));
    if (to === this.#place.peek()) return;
    this.#place.value = to;
    this.#tell("moved");
  }

  #tell(news: OrderNews): void {
    const node = this.#options.nodes.peek().find(({ id }) => id === this.#lifted.peek());
    const tiers = this.#tiers.peek();
    const tier = tiers.findIndex((ids) => node && ids.includes(node.id));
    const standing = { tier: tier + 1, count: tiers.length, sharing: tiers[tier]?.length ?? 0 };
    if (node) this.#options.onNews(news, node, standing);
  }
}

function shownTiers(nodes: readonly LiveNode[], tiers: Tiers, lifted: string | null): ShownTier[] {
  const byId = new Map(nodes.map((node, i) => [node.id, { node, i }]));
  let gap = 0;
  const shown = tiers.map((ids, i): ShownTier => {
    const isOnlyLifted = ids.length === 1 && ids[0] === lifted;
    // As the server lists them, so that nothing jumps when it has answered.
    const tier = ids.flatMap((id) => byId.get(id) ?? []).sort((a, b) =>
      a.node.facts.peek().createdAt - b.node.facts.peek().createdAt || a.i - b.i
    );
    const before = gap;
    if (!isOnlyLifted) gap++;
    return { place: i + 1, nodes: tier.map(({ node }) => node), gap: before, gapAfter: gap };
  });
  const builtin = nodes.filter((node) => node.facts.peek().origin === "builtin");
  return builtin.length > 0 ? [...shown, { place: undefined, nodes: builtin, gap, gapAfter: gap }] : shown;
}
