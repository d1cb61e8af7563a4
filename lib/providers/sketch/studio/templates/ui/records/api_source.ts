import type { Entry, Resource, Value } from "./resources.ts";
// #if auth
import { authorization, signIn } from "./session.ts";
// #end

const LIST_LENGTH_MAX = 100;

/** What the API answers for one entry. */
type Stored = { id: string } & Record<string, Value>;

/** Where entries are kept: behind the API. */
export const source = {
  async list(resource: Resource): Promise<Entry[]> {
    const page = await send<{ items: Stored[] }>("GET", `/${resource.name}?perPage=${LIST_LENGTH_MAX}`);
    return page.items.map((stored) => entryOf(resource, stored));
  },

  async create(resource: Resource, values: Record<string, Value>): Promise<Entry> {
    return entryOf(resource, await send<Stored>("POST", `/${resource.name}`, values));
  },

  async update(resource: Resource, { id, values }: Entry): Promise<Entry> {
    // What is not given is taken away, but for fields that always have a value.
    const removable = resource.fields.filter(({ required, type }) =>
      !required && type !== "boolean" && type !== "choice" && type !== "list"
    );
    const missing = Object.fromEntries(removable.map(({ name }) => [name, null]));
    return entryOf(
      resource,
      await send<Stored>("PATCH", `/${resource.name}/${id}`, { ...missing, ...values }),
    );
  },

  async remove(resource: Resource, { id }: Entry): Promise<void> {
    await send<void>("DELETE", `/${resource.name}/${id}`);
  },
};

function entryOf(resource: Resource, stored: Stored): Entry {
  const values = resource.fields.flatMap(({ name }) => {
    const value = stored[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { id: stored.id, values: Object.fromEntries(values) };
}

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = new Headers({ "content-type": "application/json" });
  // #if auth
  const token = authorization();
  if (token) headers.set("authorization", token);
  // #end
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
    .catch((cause) => {
      throw new Error("The API does not answer. Start it and reload the page", { cause });
    });
  // #if auth
  if (response.status === 401) {
    await signIn();
    return await send<T>(method, path, body);
  }
  // #end
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(messageOf(answer, response.status));
  return answer as T;
}

function messageOf(answer: unknown, status: number): string {
  const { error } = (answer ?? {}) as {
    error?: { message: string; details?: { field: string; message: string }[] };
  };
  if (!error) return `The API answered with ${status}`;
  const details = (error.details ?? []).map(({ field, message }) => `${field} ${message}`);
  return [error.message, ...details].join(": ");
}
