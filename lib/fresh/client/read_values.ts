import type { VNode } from "preact";
import { type PayloadNode, type PayloadRef, Special, Tag } from "./payload.ts";
import type { SignalFactory } from "./signals.ts";

/** What turns references of a payload back into values; the same reference gives the same value each time. */
export type ValueReader = (ref: PayloadRef) => unknown;

/** Stands for an item that is missing from a sparse array. */
const HOLE = Symbol();

const SPECIAL_VALUES: Record<number, unknown> = {
  [Special.undefined]: undefined,
  [Special.nan]: NaN,
  [Special.infinity]: Infinity,
  [Special.negativeInfinity]: -Infinity,
  [Special.negativeZero]: -0,
  [Special.hole]: HOLE,
};

/** Reads the nodes of a payload. `signals` may be missing where the payload has none. */
export function valueReader(
  nodes: PayloadNode[],
  slot: (id: number) => VNode,
  signals: SignalFactory | undefined,
): ValueReader {
  const values = new Map<number, unknown>();

  function read(ref: PayloadRef): unknown {
    if (typeof ref !== "number") return ref;
    if (ref < 0) return SPECIAL_VALUES[ref];
    return values.has(ref) ? values.get(ref) : readNode(ref, nodes[ref]);
  }

  /** Containers are kept before they are filled: their parts may refer back to them. */
  function readNode(place: number, node: PayloadNode | undefined): unknown {
    const keep = <T>(value: T): T => {
      values.set(place, value);
      return value;
    };
    if (!Array.isArray(node)) return keep(node);
    const [tag, ...parts] = node;
    switch (tag) {
      case Tag.object:
        return fillObject(keep({}), parts, read);
      case Tag.array:
        return fillArray(keep([]), parts, read);
      case Tag.set:
        return parts.reduce((set, part) => set.add(read(part)), keep(new Set()));
      case Tag.map:
        return fillMap(keep(new Map()), parts, read);
      case Tag.signal:
      case Tag.computed:
        return readSignal(tag, keep, () => read(parts[0] ?? null));
      case Tag.slot:
        return keep(slot(parts[0] as number));
      default:
        return keep(readScalar(tag, parts));
    }
  }

  function readSignal(tag: number, keep: <T>(value: T) => T, value: () => unknown): unknown {
    if (!signals) throw new Error("Cannot revive a signal: its code is missing");
    if (tag === Tag.computed) return keep(signals.computed(value));
    const signal = keep(signals.signal<unknown>(undefined));
    signal.value = value();
    return signal;
  }

  return read;
}

function readScalar(tag: number, [first, second]: PayloadRef[]): unknown {
  switch (tag) {
    case Tag.date:
      return new Date(typeof first === "number" ? first : NaN);
    case Tag.url:
      return new URL(String(first));
    case Tag.regexp:
      return new RegExp(String(first), String(second));
    case Tag.bytes:
      return Uint8Array.from(atob(String(first)), (char) => char.charCodeAt(0));
    default:
      return BigInt(String(first));
  }
}

function fillObject(object: Record<string, unknown>, parts: PayloadRef[], read: ValueReader): unknown {
  for (let i = 0; i < parts.length; i += 2) {
    const value = read(parts[i + 1] ?? null);
    // An assignment to `__proto__` would change the object's prototype.
    const property = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(object, parts[i] as string, property);
  }
  return object;
}

function fillArray(array: unknown[], parts: PayloadRef[], read: ValueReader): unknown[] {
  array.length = parts.length;
  parts.forEach((part, i) => {
    const value = read(part);
    if (value !== HOLE) array[i] = value;
  });
  return array;
}

function fillMap(map: Map<unknown, unknown>, parts: PayloadRef[], read: ValueReader): Map<unknown, unknown> {
  for (let i = 0; i < parts.length; i += 2) map.set(read(parts[i] ?? null), read(parts[i + 1] ?? null));
  return map;
}
