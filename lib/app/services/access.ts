import { KeyBudgets, Preferences, type Profiles, RateLimiter, TrustedProxies } from "../../access/mod.ts";
import type { ProfileEvent } from "../../shared/mod.ts";
import { instanceIdOf } from "../../store/mod.ts";
import { type Accounts, createAccounts } from "../accounts.ts";
import { type AppConfig, needsLogin, refuseOpenAddress } from "../config.ts";
import type { Foundation } from "./foundation.ts";

/** Who there is, what they may do and how much of it. */
export interface AccessServices extends Omit<Accounts, "onDeleted"> {
  /** Whether everybody has to log in. */
  needsLogin: boolean;
  /** Who is believed on where requests come from. */
  trustedProxies: TrustedProxies;
  limiter: RateLimiter;
  budgets: KeyBudgets;
  preferences: Preferences;
}

/** The same, with what only the other services are made of. */
export interface Access extends AccessServices {
  accounts: Accounts;
}

/** Makes what decides on access; refuses an address that would be open to strangers. */
export async function createAccess(foundation: Foundation): Promise<Access> {
  const { config, store, clock, log, feed } = foundation;
  const accounts = createAccounts({ ...foundation, instanceId: await instanceIdOf(store) });
  const { profiles, sessions, login, purge, apiKeys, authenticator } = accounts;
  const trustedProxies = await readOpenings(config, profiles).catch(async (error) => {
    await feed.close();
    store.close();
    throw error;
  });
  const budgets = new KeyBudgets({
    store,
    clock,
    log,
    keys: apiKeys,
    onAlert: (profileId, alert) =>
      feed.publish(profileId, { type: "system:alert", alert } satisfies ProfileEvent),
  });
  const limiter = new RateLimiter({
    store,
    clock,
    log,
    keys: apiKeys,
    profile: config.limits ?? {},
    budgets,
  });
  return {
    accounts,
    needsLogin: needsLogin(config),
    profiles,
    sessions,
    login,
    purge,
    apiKeys,
    authenticator,
    trustedProxies,
    limiter,
    budgets,
    preferences: new Preferences(store, config.ui),
  };
}

/** Throws where strangers could come and nobody could log in, and where a proxy is none. */
async function readOpenings(config: AppConfig, profiles: Profiles): Promise<TrustedProxies> {
  await refuseOpenAddress(config, profiles);
  return new TrustedProxies(config.trustedProxies);
}
