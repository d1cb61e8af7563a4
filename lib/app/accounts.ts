import {
  ApiKeys,
  Authenticator,
  LOCAL_PROFILE,
  Login,
  ProfilePurge,
  Profiles,
  type Revocations,
  sessionCookieName,
  Sessions,
} from "../access/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import type { Feed, Store } from "../store/mod.ts";
import { type AppConfig, needsLogin } from "./config.ts";

/** Who there is, and by what they are known. */
export interface Accounts {
  profiles: Profiles;
  sessions: Sessions;
  login: Login;
  purge: ProfilePurge;
  apiKeys: ApiKeys;
  authenticator: Authenticator;
  /** Ends what is under way for a profile that is gone; set once there is something that works. */
  onDeleted: (profileId: string) => Promise<void>;
}

/** Makes what decides on access. What is changed of profiles, keys and sessions is told to other instances on the store. */
export function createAccounts(
  { config, store, clock, log, feed, revocations, instanceId }: {
    config: AppConfig;
    store: Store;
    clock: Clock;
    log: Log;
    feed: Pick<Feed, "tellInstances" | "hear">;
    revocations: Revocations;
    instanceId: string;
  },
): Accounts {
  const { token } = config;
  const mustLogIn = needsLogin(config);
  const purge = new ProfilePurge({ store, clock, log });
  const profiles: Profiles = new Profiles({
    store,
    clock,
    needsLogin: mustLogIn,
    hasToken: token !== undefined,
    onChange: () => feed.tellInstances(LOCAL_PROFILE, { type: "profiles:changed" }),
    onCreated: (id) => void feed.hear(id),
    onRights: (id, keptId) => sessions.revokeAll(id, keptId),
    onDeleted: async (id) => {
      await accounts.onDeleted(id);
      purge.begin(id);
    },
  });
  const scopesOf = (id: string) => profiles.scopesOf(id);
  const sessions: Sessions = new Sessions({
    store,
    clock,
    revocations,
    scopesOf,
    token,
    needsLogin: mustLogIn,
    cookieName: sessionCookieName(instanceId),
    onRevoke: (id) => feed.tellInstances(id, { type: "sessions:changed" }),
  });
  const apiKeys = new ApiKeys(store, {
    revocations,
    scopesOf,
    clock,
    onRevoke: (id) => feed.tellInstances(id, { type: "api_keys:changed" }),
  });
  const authenticator = new Authenticator({
    token,
    clock,
    apiKeys,
    sessions,
    needsLogin: mustLogIn,
    isGuarded: async () => (await profiles.find(LOCAL_PROFILE))?.hasPassword === true,
  });
  const login = new Login({
    clock,
    profiles,
    sessions,
    needsLogin: mustLogIn,
    isToken: (candidate) => authenticator.isToken(candidate),
  });
  const accounts: Accounts = {
    profiles,
    sessions,
    login,
    purge,
    apiKeys,
    authenticator,
    onDeleted: () => Promise.resolve(),
  };
  return accounts;
}
