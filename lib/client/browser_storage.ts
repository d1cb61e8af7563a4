/** What this browser keeps for us; nothing on the server, or where the browser forbids it. */
export function browserStorage(): Storage | undefined {
  if (typeof document === "undefined") return undefined;
  try {
    return globalThis.localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
