import type { Entry, Resource, Value } from "./resources.ts";
import { load, save } from "../storage.ts";

/** Where entries are kept: in the browser, or in memory where the page may not use its storage. */
export const source = {
  list(resource: Resource): Promise<Entry[]> {
    return Promise.resolve(entriesOf(resource));
  },

  create(resource: Resource, values: Record<string, Value>): Promise<Entry> {
    const entry = { id: newId(), values };
    save(resource.name, [entry, ...entriesOf(resource)]);
    return Promise.resolve(entry);
  },

  update(resource: Resource, entry: Entry): Promise<Entry> {
    save(resource.name, entriesOf(resource).map((other) => other.id === entry.id ? entry : other));
    return Promise.resolve(entry);
  },

  remove(resource: Resource, { id }: Entry): Promise<void> {
    save(resource.name, entriesOf(resource).filter((other) => other.id !== id));
    return Promise.resolve();
  },
};

function entriesOf(resource: Resource): Entry[] {
  const examples = resource.examples.map((values, index) => ({ id: `example-${index}`, values }));
  return load<Entry[]>(resource.name, examples);
}

/** `crypto.randomUUID` is there on secure pages only. */
function newId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}
