import type { FunctionComponent } from "preact";
import type { Delivery } from "./delivery.ts";
import type { UnsentMessage } from "./unsent_message.ts";

/** What messages need that have to wait: rarely wanted, so loaded on its own, but while there still is a connection. */
export interface UnsentParts {
  delivery: Delivery;
  /** Below a message: when it will be sent or why not, and what can be done about it. */
  Footer: FunctionComponent<{ message: UnsentMessage; isNext: boolean }>;
  /** The chats yet to be made, for the list of chats. */
  Chats: FunctionComponent;
}
