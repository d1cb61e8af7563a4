import type { RateLimits } from "../../shared/mod.ts";
import type { RateUseRecord } from "../../store/mod.ts";
import { Bucket } from "./bucket.ts";

/** Whose limits they are. */
export type Holder = "key" | "profile";

/** The buckets of one API key or profile, with what is known of their stored use. */
export class Account {
  readonly holder: Holder;
  /** Where its use is stored. */
  readonly key: Deno.KvKey;
  readonly requests = new Bucket();
  readonly tokens = new Bucket();
  /** The first read of the stored use, while it is under way. */
  loading: Promise<void> | undefined;
  /** Admitted calls whose usage is not known yet. */
  open = 0;
  #askedAt = 0;
  #changes = 0;
  #stored = 0;

  constructor(holder: Holder, key: Deno.KvKey) {
    this.holder = holder;
    this.key = key;
  }

  /** Whether the stored use is out of date. */
  get isDirty(): boolean {
    return this.#changes !== this.#stored;
  }

  /** Notes that it is asked for, with its limits as they are now; those that stay cost a comparison. */
  setLimits({ requestsPerMinute = 0, tokensPerMinute = 0 }: RateLimits, now: number): void {
    this.#askedAt = now;
    this.requests.setLimit(requestsPerMinute, now);
    this.tokens.setLimit(tokensPerMinute, now);
  }

  /** Takes one request with an estimate of its tokens. */
  admit(tokens: number, now: number): void {
    this.requests.take(1, now);
    this.open++;
    this.#take(tokens, now);
  }

  /** Corrects the estimate of an admitted request by the difference. */
  settle(difference: number, now: number): void {
    this.open--;
    if (difference !== 0) this.#take(difference, now);
  }

  /** Adds what other instances have stored. */
  adopt(record: RateUseRecord | undefined, now: number): void {
    this.requests.adopt(record?.requests ?? 0, record?.at ?? now, now);
    this.tokens.adopt(record?.tokens ?? 0, record?.at ?? now, now);
  }

  /** What is to be stored, and how to say that it was. */
  snapshot(now: number): { record: RateUseRecord; expireIn: number; stored: () => void } {
    const changes = this.#changes;
    const record = { at: now, requests: this.requests.used(now), tokens: this.tokens.used(now) };
    return {
      record,
      expireIn: Math.ceil(Math.max(0, ...this.#limited().map((bucket) => bucket.resetMs(now)))) + EXPIRY_MS,
      stored: () => {
        this.requests.stored(record.requests, now);
        this.tokens.stored(record.tokens, now);
        this.#stored = changes;
      },
    };
  }

  /** Whether it can be forgotten until somebody asks again: all is stored. */
  isIdle(now: number): boolean {
    return this.open === 0 && !this.isDirty && this.loading === undefined && now - this.#askedAt >= IDLE_MS;
  }

  #take(tokens: number, now: number): void {
    this.tokens.take(tokens, now);
    this.#changes++;
  }

  #limited(): Bucket[] {
    return [this.requests, this.tokens].filter(({ limit }) => limit > 0);
  }
}

/** Long enough that steady use does not read the store again and again. */
const IDLE_MS = 60_000;
/** Of a full bucket's record, which says nothing any more. */
const EXPIRY_MS = 60_000;
