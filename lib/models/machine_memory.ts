import type { NodeView } from "../shared/mod.ts";
import { isLoopbackName } from "../access/mod.ts";

/** Bytes of this machine's memory; null where the process may not ask. */
export function machineMemory(): number | null {
  try {
    const { total } = Deno.systemMemoryInfo();
    return total > 0 ? total : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) return null;
    throw error;
  }
}

/** Whether a node runs on this machine, so that its memory is known. */
export function isHere({ baseUrl }: Pick<NodeView, "baseUrl">): boolean {
  return URL.canParse(baseUrl) && isLoopbackName(new URL(baseUrl).hostname);
}
