import type { RateLimits } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import type { Store } from "../../store/mod.ts";
import type { KeyBudgets } from "../budgets/key_budgets.ts";
import type { Principal } from "../principal.ts";
import { Account, type Holder } from "./account.ts";
import { type Admission, type AdmissionControl, type PromptTokens, UNLIMITED } from "./admission.ts";
import { limitHeaders } from "./headers.ts";
import { type Dimension, limitReached, type RateLimitError } from "./rate_limit_error.ts";
import { UseStore } from "./use_store.ts";

/** What a limiter needs. */
export interface RateLimiterOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Where the limits of API keys are looked up, in memory. */
  keys: {
    limitsOf(keyId: string): RateLimits | undefined;
    /** Reads what is not in memory; a promise only where that takes a while. */
    learn?(principal: Principal): void | Promise<void>;
  };
  /** The limits of each profile. */
  profile: RateLimits;
  /** What refuses keys whose budgets are spent; none are kept where absent. */
  budgets?: Pick<KeyBudgets, "check">;
}

const SYNC_MS = 1_000;
/** What an answer is taken to need where the caller set no bound. */
const USUAL_ANSWER_TOKENS = 256;

/**
 * Token buckets of requests and tokens per minute, for each API key and each profile. They are in memory; their use is stored
 * once a second, so that a restart goes on where it was. Instances that share the store learn of each other's use once a
 * second too: until then each admits what the others have taken meanwhile, so that together they may go beyond a limit by what
 * they admit in one second. A process that is killed forgets what it admitted in its last second.
 */
export class RateLimiter implements AdmissionControl {
  #options: RateLimiterOptions;
  #log: Log;
  #uses: UseStore;
  #keys = new Map<string, Account>();
  #profiles = new Map<string, Account>();
  #stopTimer: (() => void) | undefined;
  #syncing: Promise<void> | undefined;
  #isFailing = false;
  #isClosed = false;

  constructor(options: RateLimiterOptions) {
    this.#options = options;
    this.#log = options.log.of("limits");
    this.#uses = new UseStore(options.store);
  }

  /**
   * Takes one request and its tokens from the buckets of the principal's key and profile: the prompt and what the model may
   * write, of which no more counts than the buckets hold when they are full. Throws a `RateLimitError`, and a `BudgetError`
   * where a budget of the key is spent.
   */
  async begin(principal: Principal, promptTokens: PromptTokens, maxTokens?: number): Promise<Admission> {
    const learning = this.#options.keys.learn?.(principal);
    if (learning) await learning;
    const reading = this.#options.budgets?.check(principal);
    if (reading) await reading;
    const accounts = this.#accounts(principal, true);
    if (accounts.length === 0) return UNLIMITED;
    for (const { loading } of accounts) if (loading) await loading;
    const now = this.#options.clock.now();
    const tokens = estimate(accounts, promptTokens, maxTokens);
    const refusal = refuse(accounts, tokens, now);
    if (refusal) throw refusal;
    for (const account of accounts) account.admit(tokens, now);
    return new LimitedAdmission(accounts, tokens, this.#options.clock);
  }

  /** The headers that tell what a principal has left; none where nothing is limited or nothing was asked for lately. */
  headers(principal: Principal): Record<string, string> {
    return limitHeaders(this.#accounts(principal, false), this.#options.clock.now());
  }

  /** Stores what was used since the last time, and learns of other instances' use. Happens by itself every second. */
  async flush(): Promise<void> {
    while (this.#syncing) await this.#syncing;
    this.#syncing = this.#sync();
    await this.#syncing;
  }

  /** Ends the timer and stores what is left to store. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    for (const { loading } of this.#all()) await loading;
    await this.flush();
  }

  /** The accounts that limit a principal; new ones only where `isNeeded`. */
  #accounts({ profileId, keyId }: Principal, isNeeded: boolean): Account[] {
    const { keys, profile } = this.#options;
    const found: Account[] = [];
    const limits = keyId === undefined ? undefined : keys.limitsOf(keyId);
    if (keyId !== undefined && limits && hasLimit(limits)) {
      const account = this.#keys.get(keyId) ??
        (isNeeded ? this.#open("key", keyId, this.#uses.keyOf(profileId, keyId)) : undefined);
      if (account) found.push(this.#limited(account, limits));
    }
    if (hasLimit(profile)) {
      const account = this.#profiles.get(profileId) ??
        (isNeeded ? this.#open("profile", profileId, this.#uses.keyOf(profileId, undefined)) : undefined);
      if (account) found.push(this.#limited(account, profile));
    }
    return found;
  }

  #limited(account: Account, limits: RateLimits): Account {
    account.setLimits(limits, this.#options.clock.now());
    return account;
  }

  #open(holder: Holder, id: string, key: Deno.KvKey): Account {
    const account = new Account(holder, key);
    (holder === "key" ? this.#keys : this.#profiles).set(id, account);
    account.loading = this.#load(account);
    if (!this.#isClosed) this.#stopTimer ??= this.#options.clock.every(SYNC_MS, () => void this.#tick());
    return account;
  }

  /** A store that cannot be read is no reason to turn everybody away. */
  async #load(account: Account): Promise<void> {
    try {
      account.adopt(await this.#uses.read(account), this.#options.clock.now());
    } catch (error) {
      this.#log.warn("The use of a limit cannot be read: it counts from zero", { error });
    } finally {
      account.loading = undefined;
    }
  }

  async #tick(): Promise<void> {
    if (this.#syncing) return;
    await this.flush();
    const now = this.#options.clock.now();
    for (const accounts of [this.#keys, this.#profiles]) {
      for (const [id, account] of accounts) if (account.isIdle(now)) accounts.delete(id);
    }
    if (this.#keys.size + this.#profiles.size > 0) return;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #all(): Account[] {
    return [...this.#keys.values(), ...this.#profiles.values()];
  }

  async #sync(): Promise<void> {
    const loaded = this.#all().filter(({ loading }) => !loading);
    try {
      await this.#uses.sync(loaded, () => this.#options.clock.now());
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        this.#log.warn("The use of limits cannot be stored; it is tried again", { error });
      }
      this.#isFailing = true;
    } finally {
      this.#syncing = undefined;
    }
  }
}

/** A call under its limits. */
class LimitedAdmission implements Admission {
  #accounts: readonly Account[];
  #estimate: number;
  #clock: Clock;
  #isSettled = false;

  constructor(accounts: readonly Account[], estimate: number, clock: Clock) {
    this.#accounts = accounts;
    this.#estimate = estimate;
    this.#clock = clock;
  }

  settle(totalTokens: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const now = this.#clock.now();
    for (const account of this.#accounts) account.settle(totalTokens - this.#estimate, now);
  }

  headers(): Record<string, string> {
    return limitHeaders(this.#accounts, this.#clock.now());
  }
}

function hasLimit({ requestsPerMinute, tokensPerMinute }: RateLimits): boolean {
  return Boolean(requestsPerMinute) || Boolean(tokensPerMinute);
}

/** A generous bound on the answer makes no request impossible: only the prompt can be too large for a bucket. */
function estimate(accounts: Account[], prompt: PromptTokens, maxTokens = USUAL_ANSWER_TOKENS): number {
  let most = Infinity;
  for (const { tokens: { limit } } of accounts) if (limit > 0) most = Math.min(most, limit);
  if (most === Infinity) return 0;
  const promptTokens = typeof prompt === "number" ? prompt : prompt();
  return Math.max(promptTokens, Math.min(promptTokens + maxTokens, most));
}

/** Why a call may not begin: of several reasons, the one that lasts longest. */
function refuse(accounts: Account[], tokens: number, now: number): RateLimitError | undefined {
  let longest = 0;
  let reason: { account: Account; dimension: Dimension; amount: number } | undefined;
  for (const account of accounts) {
    for (const dimension of ["requests", "tokens"] as const) {
      if (account[dimension].limit === 0) continue;
      const amount = dimension === "requests" ? 1 : tokens;
      const waitMs = account[dimension].waitMs(amount, now);
      if (waitMs <= longest) continue;
      longest = waitMs;
      reason = { account, dimension, amount };
    }
  }
  if (!reason) return undefined;
  const { account, dimension } = reason;
  return limitReached(account, { ...reason, bucket: account[dimension], waitMs: longest, now });
}
