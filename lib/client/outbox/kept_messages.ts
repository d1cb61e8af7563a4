import type { Outbox } from "./outbox.ts";
import type { UnsentMessage } from "./unsent_message.ts";

/** Takes up what the storage holds from before: the pages that wrote it are gone, so all of it waits. */
export function openOutbox(outbox: Outbox): void {
  const { storage, prefix } = outbox;
  const names = Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "");
  for (const name of names) {
    const message = name.startsWith(prefix) ? parse(storage?.getItem(name) ?? null) : null;
    if (message && !outbox.get(message.id)) outbox.show({ ...message, waiting: true });
  }
}

/** Hears what another tab did to an entry of the storage; `value` is null where it is gone. */
export function hearOfOutbox(outbox: Outbox, name: string | null, value: string | null): void {
  if (!name?.startsWith(outbox.prefix)) return;
  const message = parse(value);
  if (message) outbox.show(message);
  else outbox.forget(name.slice(outbox.prefix.length));
}

/** Null for what is damaged: it could not be sent anyway. */
function parse(text: string | null): UnsentMessage | null {
  try {
    const value = JSON.parse(text ?? "null");
    return typeof value?.id === "string" && typeof value.body?.text === "string" ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
