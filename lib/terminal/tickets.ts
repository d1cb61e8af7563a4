import { FreshetError } from "../shared/mod.ts";
import { TERMINAL_PROTOCOL, TERMINAL_TICKET } from "../shared/terminal/mod.ts";
import type { Clock } from "../host/mod.ts";

/** ms for which a ticket is good. */
const LIFE_MS = 30_000;
const TICKETS_MAX = 200;
const SECRET_BYTES = 32;

interface Ticket {
  profileId: string;
  sessionId: string;
  expiresAt: number;
}

/** What opens a terminal's socket, once: it is had by a request that no other site can send and read the answer of. */
export class Tickets {
  readonly #clock: Clock;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A ticket for one socket of a session, good for half a minute. */
  issue(profileId: string, sessionId: string): string {
    const now = this.#clock.now();
    for (const [secret, { expiresAt }] of this.#tickets) {
      if (expiresAt <= now || this.#tickets.size >= TICKETS_MAX) this.#tickets.delete(secret);
    }
    const secret = randomSecret();
    this.#tickets.set(secret, { profileId, sessionId, expiresAt: now + LIFE_MS });
    return secret;
  }

  /** Takes the ticket among a handshake's subprotocols. Throws `unauthorized` where there is none that is good for the session. */
  redeem(profileId: string, sessionId: string, headers: Headers): void {
    const protocols = (headers.get("sec-websocket-protocol") ?? "").split(",").map((part) => part.trim());
    const secret = protocols.find((protocol) => protocol.startsWith(TERMINAL_TICKET))
      ?.slice(TERMINAL_TICKET.length) ?? "";
    const ticket = this.#tickets.get(secret);
    this.#tickets.delete(secret);
    const isGood = ticket && ticket.expiresAt > this.#clock.now() && ticket.sessionId === sessionId &&
      ticket.profileId === profileId && protocols.includes(TERMINAL_PROTOCOL);
    if (isGood) return;
    throw new FreshetError("unauthorized", "This terminal opens with a fresh ticket only", {
      hint: "POST /api/terminal/sessions/{id}/ticket gives one",
    });
  }
}

/** Letters and digits that nobody can guess. */
export function randomSecret(): string {
  return crypto.getRandomValues(new Uint8Array(SECRET_BYTES)).toHex();
}
