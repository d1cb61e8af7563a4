import { FreshetError, newId } from "../../shared/mod.ts";
import type { Translate } from "../../shared/texts/mod.ts";
import type { ChatApi } from "../chat_api.ts";
import type { Clock } from "../clock.ts";
import type { Turns } from "../turns.ts";
import type { Outbox } from "./outbox.ts";
import type { UnsentMessage } from "./unsent_message.ts";

/** What a `Delivery` needs. */
export interface DeliveryOptions {
  outbox: Outbox;
  turns: Turns;
  api: ChatApi;
  clock: Clock;
  t: Translate;
}

const BACK_OFF_SECONDS = [2, 4, 8, 15, 30];
/**
 * The server knows a message's key for a day. One that was tried so long ago (ms) may have arrived, and would arrive again: a
 * person has to look.
 */
const KEY_TRUSTED_MS = 20 * 60 * 60_000;

/** What became of a message: whether those after it may be tried, and whether to come back for it. */
type Outcome = "sent" | "later" | "offline" | "stays";

/** Sends what is in the outbox: the messages of a chat in their order, each after the answer to the one before. */
export class Delivery {
  readonly #options: DeliveryOptions;
  #running = false;
  #again = false;
  #failures = 0;
  #cancelTimer: () => void = () => {};

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Tries at once, for when the connection is back or a chat has become free. */
  async deliver(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    this.#cancelTimer();
    let seconds = 0;
    try {
      while (this.#again) {
        this.#again = false;
        seconds = await this.#round();
      }
    } finally {
      this.#running = false;
    }
    if (seconds > 0) this.#comeBackIn(seconds);
  }

  /** Tries after a while, for when a message was tried just now. */
  comeBack(): void {
    if (!this.#running) this.#comeBackIn(this.#backOff());
  }

  #comeBackIn(seconds: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(seconds * 1000, () => this.deliver().catch(reportError));
  }

  #backOff(): number {
    return BACK_OFF_SECONDS[Math.min(this.#failures++, BACK_OFF_SECONDS.length - 1)] ?? 30;
  }

  /** Tries the first message of each chat; returns after how many seconds to come back, 0 for not by itself. */
  async #round(): Promise<number> {
    const { outbox, turns } = this.#options;
    const lanes = new Set<string>();
    let isLeft = false;
    let wait = 0;
    for (const { id } of outbox.messages.peek()) {
      const message = outbox.get(id);
      const lane = message?.chatId ?? message?.chatKey ?? "";
      if (!message || lanes.has(lane)) continue;
      lanes.add(lane);
      const isOpen = turns.isShown(message);
      // Something else is being asked for in this chat; where that becomes an answer, its end brings us back.
      isLeft ||= isOpen && turns.starting.peek();
      if (message.error || (isOpen && turns.busy)) continue;
      const { outcome, retryAfter = 0 } = await this.#send(message);
      if (outcome === "sent") {
        this.#failures = 0;
        isLeft ||= message.chatId !== undefined && outbox.of(message.chatId).length > 0;
      } else if (outcome !== "stays") {
        isLeft = true;
        wait = Math.max(wait, retryAfter);
      }
      if (outcome === "offline") break;
    }
    return isLeft ? Math.max(this.#backOff(), wait) : 0;
  }

  async #send(message: UnsentMessage): Promise<{ outcome: Outcome; retryAfter?: number | undefined }> {
    const { outbox, turns, clock, t } = this.#options;
    if (message.triedAt !== undefined && clock.now() - message.triedAt > KEY_TRUSTED_MS) {
      const error = new FreshetError("conflict", t("unsent.old"), { hint: t("unsent.oldHint") });
      if (outbox.isThere(message.id)) outbox.put({ ...message, error: error.toBody() });
      return { outcome: "stays" };
    }
    const error = await turns.submit(message);
    if (!error) return { outcome: outbox.get(message.id) ? "later" : "sent" };
    if (error.code === "unreachable") return { outcome: "offline" };
    if (!outbox.get(message.id)?.error) return { outcome: "later", retryAfter: error.retryAfter };
    if (error.code === "not_found") await this.#moveFromGone(message);
    return { outcome: "stays" };
  }

  /** A message whose chat was deleted would be seen nowhere: it becomes the first of a chat yet to be made. */
  async #moveFromGone(message: UnsentMessage): Promise<void> {
    const { outbox, api, clock } = this.#options;
    const { chatId, error } = outbox.get(message.id) ?? message;
    const gone = chatId !== undefined && error && await api.messages(chatId, { limit: 1 }).then(
      () => false,
      (problem) => problem instanceof FreshetError && problem.code === "not_found",
    );
    if (!gone) return;
    const { text, settings, attachmentIds } = message.body;
    outbox.put({
      id: newId(clock.now()),
      chatKey: message.id,
      body: { text, ...(settings ? { settings } : {}), ...(attachmentIds ? { attachmentIds } : {}) },
      ...(message.attachments ? { attachments: message.attachments } : {}),
      waiting: true,
      error,
    });
    outbox.remove(message.id);
  }
}
