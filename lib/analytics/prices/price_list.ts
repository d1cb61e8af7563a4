import type { Price, Usage } from "../../shared/mod.ts";

/** A node as prices see it. */
export interface PricedNode {
  nodeId: string;
  /** On this machine or in the local network: free unless a price says otherwise. */
  local: boolean;
}

/** Names come from outside; what is remembered of them has an end. */
const REMEMBERED_MAX = 2_000;

/** Finds the prices of one version of the table. */
export class PriceList {
  readonly version: number;
  readonly #exact = new Map<string, Price[]>();
  /** The longest beginning first. */
  readonly #patterns: { beginning: string; price: Price }[] = [];
  readonly #found = new Map<string, Price | null>();

  constructor({ version, prices }: { version: number; prices: readonly Price[] }) {
    this.version = version;
    for (const price of prices) {
      const model = price.model.toLowerCase();
      if (model.endsWith("*")) this.#patterns.push({ beginning: model.slice(0, -1), price });
      else this.#exact.set(model, [...this.#exact.get(model) ?? [], price]);
    }
    this.#patterns.sort((a, b) => b.beginning.length - a.beginning.length);
  }

  /**
   * The price of a model at a node, or null where none is known. One for that very node goes before one for any; then a whole
   * id before a beginning, and a longer beginning before a shorter one.
   */
  find(model: string, node: PricedNode): Price | null {
    const key = `${node.nodeId} ${node.local} ${model}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    if (this.#found.size >= REMEMBERED_MAX) this.#found.clear();
    const price = this.#search(model.toLowerCase(), node);
    this.#found.set(key, price);
    return price;
  }

  #search(id: string, { nodeId, local }: PricedNode): Price | null {
    // Services that pass on others' models put the vendor before them, and what they charge for after a colon.
    const names = [
      id,
      id.slice(id.lastIndexOf("/") + 1),
      id.slice(id.lastIndexOf("/") + 1).split(":")[0] ?? "",
    ];
    const candidates = [
      ...names.flatMap((name) => this.#exact.get(name) ?? []),
      ...this.#patterns.filter(({ beginning }) => names.some((name) => name.startsWith(beginning)))
        .map(({ price }) => price),
    ];
    const general = (price: Price) => price.nodeId === "any" || (price.nodeId === undefined && !local);
    return candidates.find((price) => price.nodeId === nodeId) ?? candidates.find(general) ?? null;
  }
}

/** What a use costs by a price, in nano-dollars: always a whole number. */
export function costOf(price: Price, { promptTokens, completionTokens, cachedTokens = 0 }: Usage): number {
  const cached = Math.min(cachedTokens, promptTokens);
  const { input, output, cachedInput = input } = price;
  return Math.round((promptTokens - cached) * input + cached * cachedInput + completionTokens * output);
}
