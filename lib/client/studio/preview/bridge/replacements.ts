import type { PanelPort } from "./port.ts";

/**
 * Replaces the storage that the sandbox refuses, since most small apps would break at their first line without it. It lives
 * as long as the page.
 */
export function replaceStorage(): void {
  for (const name of ["localStorage", "sessionStorage"] as const) {
    const storage = memoryStorage();
    Object.defineProperty(globalThis, name, { configurable: true, get: () => storage });
  }
}

/** Replaces the questions that a browser does not ask out of a frame: they are noted on the console and answered with yes. */
export function replaceDialogs(port: PanelPort): void {
  const note = (text: string) => port.send({ type: "console", level: "info", text });
  globalThis.alert = (text?: unknown) => note(`alert: ${String(text ?? "")}`);
  globalThis.confirm = (text?: string) => {
    note(`confirm: ${text ?? ""} → yes`);
    return true;
  };
  globalThis.prompt = (text?: string, initial?: string) => {
    note(`prompt: ${text ?? ""} → ${initial ?? ""}`);
    return initial ?? null;
  };
}

/** A `Storage` whose items can be read as properties too, as the real one's can. */
function memoryStorage(): Storage {
  const items = new Map<string, string>();
  const methods = {
    getItem: (key: string) => items.get(String(key)) ?? null,
    setItem: (key: string, value: string) => void items.set(String(key), String(value)),
    removeItem: (key: string) => void items.delete(String(key)),
    clear: () => items.clear(),
    key: (index: number) => [...items.keys()][index] ?? null,
  };
  const isOwn = (key: string | symbol) => typeof key === "symbol" || key in methods;
  return new Proxy(methods, {
    get(target, key) {
      if (key === "length") return items.size;
      return isOwn(key) ? Reflect.get(target, key) : items.get(String(key));
    },
    set(_, key, value) {
      items.set(String(key), String(value));
      return true;
    },
    has: (_, key) => isOwn(key) || items.has(String(key)),
    deleteProperty(_, key) {
      items.delete(String(key));
      return true;
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      items.has(String(key))
        ? { value: items.get(String(key)), enumerable: true, configurable: true, writable: true }
        : undefined,
  }) as unknown as Storage;
}
