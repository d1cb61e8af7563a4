import type { BridgeMessage, Envelope, PanelMessage } from "../messages.ts";

/** So many messages a second get through; a loop that logs must not bury the panel. */
const PER_SECOND = 60;

/** The way from a preview to the panel around it and back. */
export class PanelPort {
  readonly #nonce: string;
  // The page may replace what it finds in its globals.
  readonly #parent = parent;
  readonly #post = parent.postMessage.bind(parent);
  #sent = 0;
  #dropped = 0;
  #isCounting = false;

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  /** Sends a message; it is only counted where too many were sent before. */
  send(message: BridgeMessage): void {
    this.#count();
    const isChatter = message.type === "console" || message.type === "error";
    if (isChatter && ++this.#sent > PER_SECOND) this.#dropped++;
    else this.#transmit(message);
  }

  /** Calls back with what the panel asks. */
  listen(onMessage: (message: PanelMessage) => void): void {
    addEventListener("message", (event: MessageEvent<Envelope<PanelMessage> | null>) => {
      if (event.source !== this.#parent || event.data?.freshet !== this.#nonce) return;
      event.stopImmediatePropagation();
      onMessage(event.data);
    });
  }

  #count(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    setTimeout(() => {
      this.#isCounting = false;
      this.#sent = 0;
      if (this.#dropped > 0) this.#transmit({ type: "dropped", count: this.#dropped });
      this.#dropped = 0;
    }, 1000);
  }

  /** The origin of the panel is not known here; who may be the panel is said by the policy's `frame-ancestors`. */
  #transmit(message: BridgeMessage): void {
    this.#post({ ...message, freshet: this.#nonce }, "*");
  }
}
