const PREFIX = "~slug~.";
const memory = new Map<string, string>();
const lasting = findStorage();

/** False where the page may not use the browser's storage, as in a sandboxed preview: then all is gone after a reload. */
export const isLasting = lasting !== undefined;

/** What was saved under a name, or the fallback. */
export function load<T>(name: string, fallback: T): T {
  const text = lasting ? lasting.getItem(PREFIX + name) : memory.get(name);
  if (text === null || text === undefined) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (error instanceof SyntaxError) return fallback;
    throw error;
  }
}

/** Saves a value under a name, for as long as this page may keep it. */
export function save(name: string, value: unknown): void {
  const text = JSON.stringify(value);
  memory.set(name, text);
  lasting?.setItem(PREFIX + name, text);
}

/** Even to look at `localStorage` is refused in a sandbox. */
function findStorage(): Storage | undefined {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${PREFIX}probe`, "1");
    storage.removeItem(`${PREFIX}probe`);
    return storage;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return undefined;
    throw error;
  }
}
