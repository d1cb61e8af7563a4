import type { ListQuery } from "../list_query.ts";
import type { Changes } from "../validation.ts";

/** What every stored thing has. Times are ISO 8601. */
export interface Stored {
  id: string;
  createdAt: string;
  updatedAt: string;
}

/** A part of a list. */
export interface Page<T> {
  items: T[];
  page: number;
  perPage: number;
  /** Of the whole list. */
  total: number;
  pages: number;
}

/** Things of one kind, in memory: they are gone when the process ends. */
export class Collection<T extends object> {
  readonly #items = new Map<string, T & Stored>();

  /** One page, newest first unless sorted otherwise. */
  list(query: ListQuery): Page<T & Stored> {
    // #if search
    const found = [...this.#items.values()].reverse().filter((item) => holds(item, query.search));
    // #end
    // #if !search
    //: const found = [...this.#items.values()].reverse();
    // #end
    // #if sorting
    if (query.sort) found.sort(by(query.sort.field, query.sort.descending));
    // #end
    const { page, perPage } = query;
    return {
      items: found.slice((page - 1) * perPage, page * perPage),
      page,
      perPage,
      total: found.length,
      pages: Math.max(1, Math.ceil(found.length / perPage)),
    };
  }

  get(id: string): (T & Stored) | undefined {
    return this.#items.get(id);
  }

  create(input: T): T & Stored {
    const now = new Date().toISOString();
    const item = { ...input, id: crypto.randomUUID(), createdAt: now, updatedAt: now };
    this.#items.set(item.id, item);
    return item;
  }

  /** Sets what is given and takes away what is null; undefined where nothing has the id. */
  update(id: string, changes: Changes<T>): (T & Stored) | undefined {
    const item = this.#items.get(id);
    if (!item) return undefined;
    const kept = Object.entries({ ...item, ...changes }).filter(([, value]) => value !== null);
    const updated = { ...Object.fromEntries(kept), updatedAt: new Date().toISOString() } as T & Stored;
    this.#items.set(id, updated);
    return updated;
  }

  /** False where nothing has the id. */
  remove(id: string): boolean {
    return this.#items.delete(id);
  }
}
// #if search

function holds(item: object, search = ""): boolean {
  const wanted = search.toLowerCase();
  return Object.entries(item).some(([field, value]) =>
    field !== "id" && !field.endsWith("At") && String(value).toLowerCase().includes(wanted)
  );
}
// #end
// #if sorting

/** Orders numbers by size and everything else as text; what lacks the field comes last. */
function by(field: string, descending: boolean): (a: object, b: object) => number {
  const direction = descending ? -1 : 1;
  return (a, b) => {
    const [x, y] = [valueOf(a, field), valueOf(b, field)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    if (typeof x === "number" && typeof y === "number") return (x - y) * direction;
    return String(x).localeCompare(String(y)) * direction;
  };
}

function valueOf(item: object, field: string): unknown {
  return Object.entries(item).find(([name]) => name === field)?.[1];
}
// #end
