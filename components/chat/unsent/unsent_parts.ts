import { startDelivery } from "../../../lib/client/outbox/start_delivery.ts";
import type { UnsentParts } from "../../../lib/client/outbox/unsent_parts.ts";
import type { PageModel } from "../../../lib/client/page_model.ts";
import { UnsentChats } from "./UnsentChats.tsx";
import { UnsentFooter } from "./UnsentFooter.tsx";

/** Starts the delivery of messages that wait, and brings what shows them. */
export function unsentParts(model: PageModel): UnsentParts {
  return { delivery: startDelivery(model), Footer: UnsentFooter, Chats: UnsentChats };
}
