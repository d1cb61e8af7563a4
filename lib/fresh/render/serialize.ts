import { type PayloadNode, type PayloadRef, Special, Tag } from "../client/payload.ts";
import { isVNode, type RenderedVNode } from "./vnode.ts";

/** A signal of whatever version of `@preact/signals`, told by its brand. */
interface SignalLike {
  peek(): unknown;
}

const SIGNAL_BRAND = Symbol.for("preact-signals");

/** Thrown for a value that cannot cross to the browser. */
export class SerializeError extends TypeError {
  override name = "SerializeError";

  /** `path` says where the value is, `kind` what it is. */
  constructor(path: string, kind: string) {
    super(`Cannot pass ${path} to an island: ${kind} cannot cross to the browser`);
  }
}

/**
 * Turns the props of a page's islands into a table of nodes that refer to each other, so that an object, a signal or a cycle
 * appears once however many props hold it.
 */
export class Serializer {
  readonly nodes: PayloadNode[] = [];
  /** Whether the table holds a signal, which the browser needs more code for. */
  hasSignals = false;
  readonly #seen: Map<unknown, number> = new Map();
  readonly #slotFor: (vnode: RenderedVNode) => number;

  /** `slotFor` gives the id under which server-rendered markup will be found in the document. */
  constructor(slotFor: (vnode: RenderedVNode) => number) {
    this.#slotFor = slotFor;
  }

  /** Adds a value. `path` says in errors where it is, such as `Counter.count`. */
  add(value: unknown, path: string): PayloadRef {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "undefined":
        return Special.undefined;
      case "number":
        return specialNumber(value) ?? this.#node(value, () => value);
      case "bigint":
        return this.#node(value, () => [Tag.bigint, String(value)]);
      case "object":
        return value === null ? null : this.#addObject(value, path);
      default:
        throw new SerializeError(path, `a ${typeof value}`);
    }
  }

  /** The node's place is taken before its parts are added: they may refer back to it. */
  #node(value: unknown, encode: () => PayloadNode): number {
    const known = this.#seen.get(value);
    if (known !== undefined) return known;
    const index = this.nodes.push(0) - 1;
    this.#seen.set(value, index);
    this.nodes[index] = encode();
    return index;
  }

  #addObject(value: object, path: string): number {
    return this.#node(value, () => {
      if (isSignal(value)) {
        this.hasSignals = true;
        return [isWritable(value) ? Tag.signal : Tag.computed, this.add(value.peek(), path)];
      }
      if (isVNode(value)) return [Tag.slot, this.#slotFor(value)];
      if (Array.isArray(value)) return [Tag.array, ...this.#items(value, path)];
      return this.#builtIn(value, path) ?? [Tag.object, ...this.#entries(value, path)];
    });
  }

  #builtIn(value: object, path: string): PayloadNode | undefined {
    if (value instanceof Date) return [Tag.date, Number.isNaN(value.getTime()) ? null : value.getTime()];
    if (value instanceof URL) return [Tag.url, value.href];
    if (value instanceof RegExp) return [Tag.regexp, value.source, value.flags];
    if (value instanceof Uint8Array) return [Tag.bytes, value.toBase64()];
    if (value instanceof Set) return [Tag.set, ...this.#items([...value], path)];
    if (value instanceof Map) {
      const pairs = [...value].flatMap((
        [key, entry],
      ) => [this.add(key, `${path} (key)`), this.add(entry, path)]);
      return [Tag.map, ...pairs];
    }
  }

  #items(values: unknown[], path: string): PayloadRef[] {
    return Array.from(values, (value, i) => i in values ? this.add(value, `${path}[${i}]`) : Special.hole);
  }

  #entries(value: object, path: string): PayloadRef[] {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const name = value.constructor?.name ?? "unknown";
      throw new SerializeError(path, `an instance of ${name}`);
    }
    return Object.entries(value).flatMap(([key, entry]) => [key, this.add(entry, `${path}.${key}`)]);
  }
}

function specialNumber(value: number): PayloadRef | undefined {
  if (Number.isNaN(value)) return Special.nan;
  if (value === Infinity) return Special.infinity;
  if (value === -Infinity) return Special.negativeInfinity;
  return Object.is(value, -0) ? Special.negativeZero : undefined;
}

function isSignal(value: object): value is SignalLike {
  return "brand" in value && value.brand === SIGNAL_BRAND;
}

/** A computed has a `value` without a setter. */
function isWritable(signal: object): boolean {
  const owner = Object.hasOwn(signal, "value") ? signal : Object.getPrototypeOf(signal);
  return Object.getOwnPropertyDescriptor(owner, "value")?.set !== undefined;
}
