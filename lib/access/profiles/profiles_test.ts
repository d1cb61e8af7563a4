import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { keys, openStore, type Store } from "../../store/mod.ts";
import { silentLog } from "../../host/mod.ts";
import {
  ApiKeys,
  localPrincipal,
  type Principal,
  ProfilePurge,
  Profiles,
  type ProfilesOptions,
  ROLE_SCOPES,
} from "../mod.ts";

const MEMBER = { name: "Ada", role: "member", password: null } as const;

async function withProfiles(
  fn: (bench: { profiles: Profiles; store: Store; clock: FakeClock }) => Promise<void>,
  options: Partial<ProfilesOptions> = {},
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  try {
    await fn({
      profiles: new Profiles({ store, clock, needsLogin: false, hasToken: false, ...options }),
      store,
      clock,
    });
  } finally {
    store.close();
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => work, FreshetError)).code;
}

const principalOf = (profileId: string, role: "administrator" | "member"): Principal => ({
  profileId,
  type: "person",
  scopes: ROLE_SCOPES[role],
});

Deno.test("the first profile is always there, stays an administrator's and cannot be deleted", () =>
  withProfiles(async ({ profiles }) => {
    const [first, ...others] = await profiles.list();
    assertEquals([first?.id, first?.role, first?.hasPassword, others.length], [
      "local",
      "administrator",
      false,
      0,
    ]);
    const { id } = await profiles.create(localPrincipal, { ...MEMBER, role: "administrator" });
    const second = principalOf(id, "administrator");
    assertEquals(await codeOf(profiles.update(second, "local", { role: "member" })), "conflict");
    assertEquals(await codeOf(profiles.delete(second, "local")), "conflict");
    assertEquals(await codeOf(profiles.delete(second, id)), "conflict");
    assertEquals((await profiles.update(localPrincipal, id, { role: "member" })).role, "member");
    await profiles.delete(localPrincipal, id);
    assertEquals(await codeOf(profiles.delete(localPrincipal, id)), "not_found");
    assertEquals(await profiles.scopesOf(id), undefined);
  }));

Deno.test("profiles are managed by administrators in person", () =>
  withProfiles(async ({ profiles }) => {
    const { id } = await profiles.create(localPrincipal, MEMBER);
    const refused = [principalOf(id, "member"), { ...localPrincipal, type: "key" as const, keyId: "k" }];
    for (const principal of refused) {
      assertEquals(await codeOf(profiles.create(principal, MEMBER)), "forbidden");
      assertEquals(await codeOf(profiles.update(principal, id, { role: "administrator" })), "forbidden");
      assertEquals(await codeOf(profiles.delete(principal, id)), "forbidden");
    }
    const key = { ...principalOf(id, "member"), type: "key" as const };
    assertEquals(await codeOf(profiles.updateOwn(key, { password: "long enough" })), "forbidden");
    assertEquals((await profiles.updateOwn(key, { name: "Renamed" })).name, "Renamed");
  }));

Deno.test("the same idempotency key makes one profile, at the same time too", () =>
  withProfiles(async ({ profiles }) => {
    const made = await Promise.all([1, 2].map(() => profiles.create(localPrincipal, MEMBER, "k")));
    made.push(await profiles.create(localPrincipal, MEMBER, "k"));
    assertEquals(new Set(made.map(({ id }) => id)).size, 1);
    assertEquals((await profiles.list()).length, 2);
  }));

Deno.test("the own password is changed with the one until now, and never shown", () =>
  withProfiles(async ({ profiles }) => {
    const { id } = await profiles.create(localPrincipal, { ...MEMBER, password: "the first one" });
    const me = principalOf(id, "member");
    const wrong = await assertRejects(
      () => profiles.updateOwn(me, { password: "another one" }),
      FreshetError,
    );
    assertEquals([wrong.code, wrong.field], ["forbidden", "oldPassword"]);
    const changed = await profiles.updateOwn(me, { password: "another one", oldPassword: "the first one" });
    assertEquals([changed.hasPassword, JSON.stringify(changed).includes("scrypt")], [true, false]);
    assert(await profiles.isPassword(id, "another one"));
    const own = profiles.update(localPrincipal, "local", { password: "without the old one" });
    assertEquals(await codeOf(own), "conflict");
  }));

Deno.test("where everybody has to log in, an administrator keeps a password", () =>
  withProfiles(async ({ profiles, store, clock }) => {
    assertEquals(await profiles.hasGuardedAdministrator(), false);
    await profiles.updateOwn(localPrincipal, { password: "long enough" });
    assertEquals(await profiles.hasGuardedAdministrator(), true);
    const open = new Profiles({ store, clock, needsLogin: true, hasToken: false });
    const remove = { password: null, oldPassword: "long enough" };
    assertEquals(await codeOf(open.updateOwn(localPrincipal, remove)), "conflict");
    await new Profiles({ store, clock, needsLogin: true, hasToken: true }).updateOwn(localPrincipal, remove);
  }));

Deno.test("a profile that is deleted leaves nothing, after a process that was killed too", async () => {
  const deleted: string[] = [];
  await withProfiles(async ({ profiles, store, clock }) => {
    const { id } = await profiles.create(localPrincipal, MEMBER);
    const kept = await profiles.create(localPrincipal, { ...MEMBER, name: "Kept" });
    const apiKeys = new ApiKeys(store);
    for (const profileId of [id, kept.id]) {
      await apiKeys.create(principalOf(profileId, "member"), "editor", ["chat"]);
      const written = [
        keys.chat(profileId, "c"),
        keys.settings(profileId),
        ["something that is added later", profileId, 7],
        ["blob", profileId, "message", "c", "m"],
        keys.chatPurge(5, profileId, "c"),
        keys.runOwned("process", profileId, "r"),
      ];
      for (const key of written) await store.kv.set(key, new Uint8Array([1]));
    }
    const of = async (profileId: string) => {
      const entries = await Array.fromAsync(store.kv.list({ prefix: [] }));
      return entries.filter(({ key }) => key.includes(profileId)).length;
    };
    const hashes = async () => (await Array.fromAsync(store.kv.list({ prefix: ["api_key_by_hash"] }))).length;
    const before = await of(kept.id);
    await profiles.delete(localPrincipal, id);
    assertEquals([deleted, await hashes()], [[id], 2]);

    // The process that deleted it has ended before anything else was done.
    const purge = new ProfilePurge({ store, clock, log: silentLog });
    await purge.start();
    await purge.settled();
    assertEquals([await of(id), await of(kept.id), await hashes()], [1, before, 1]);
    await store.kv.set(keys.chat(id, "written late"), new Uint8Array([1]));
    await clock.advance(60_000);
    await purge.settled();
    assertEquals([await of(id), await of(kept.id)], [0, before]);
    await purge.close();
  }, { onDeleted: (id) => Promise.resolve(void deleted.push(id)) });
});

Deno.test("the password until now is not guessed in a browser that was left open", () =>
  withProfiles(async ({ profiles, clock }) => {
    const me = { ...localPrincipal, sessionId: "s" };
    await profiles.updateOwn(me, { password: "long enough" });
    const change = (oldPassword: string) => profiles.updateOwn(me, { oldPassword, password: "another one" });
    for (let i = 0; i < 5; i++) assertEquals(await codeOf(change(`a guess ${i}`)), "forbidden");
    assertEquals(await codeOf(change("long enough")), "rate_limited");
    await clock.advance(2_000);
    assertEquals((await change("long enough")).hasPassword, true);
  }));

Deno.test("who has forgotten the password sets a new one with the token, and no key does", () =>
  withProfiles(async ({ profiles }) => {
    await profiles.updateOwn(localPrincipal, { password: "long enough" });
    assertEquals(await codeOf(profiles.updateOwn(localPrincipal, { password: "another one" })), "forbidden");
    const key: Principal = { ...localPrincipal, type: "key", keyId: "k" };
    assertEquals(await codeOf(profiles.updateOwn(key, { password: null })), "forbidden");
    await profiles.updateOwn({ ...localPrincipal, hasToken: true }, { password: "another one" });
    assertEquals(await profiles.isPassword("local", "another one"), true);
  }));
