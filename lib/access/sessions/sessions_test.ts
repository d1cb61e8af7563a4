import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { openStore } from "../../store/mod.ts";
import {
  localPrincipal,
  type Principal,
  Profiles,
  Revocations,
  Sessions,
  type SessionsOptions,
} from "../mod.ts";

const FROM = { address: "192.168.1.7", agent: "a browser" };
const DAY_MS = 86_400_000;

async function withSessions(
  fn: (bench: {
    sessions: Sessions;
    revocations: Revocations;
    profiles: Profiles;
    clock: FakeClock;
    other: (options: Partial<SessionsOptions>) => Sessions;
    dump: () => Promise<string>;
  }) => Promise<void>,
): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const revocations = new Revocations();
  const profiles: Profiles = new Profiles({
    store,
    clock,
    needsLogin: false,
    hasToken: false,
    onRights: (id, keptId) => sessions.revokeAll(id, keptId),
  });
  const options = {
    store,
    clock,
    revocations,
    scopesOf: (id: string) => profiles.scopesOf(id),
    token: undefined,
    needsLogin: false,
  };
  const sessions = new Sessions(options);
  const other = (more: Partial<SessionsOptions>) => new Sessions({ ...options, ...more });
  const dump = async () => {
    const entries = await Array.fromAsync(store.kv.list({ prefix: [] }));
    return entries.map(({ key, value }) => key.join() + new TextDecoder().decode(value as Uint8Array)).join(
      "\n",
    );
  };
  try {
    await fn({ sessions, revocations, profiles, clock, other, dump });
  } finally {
    store.close();
  }
}

async function verified(sessions: Sessions, secret: string): Promise<Principal> {
  const principal = await sessions.verify(secret);
  assert(principal);
  return principal;
}

Deno.test("a session stands for its profile until it is revoked, with all that is open in it", () =>
  withSessions(async ({ sessions, revocations, dump }) => {
    const { secret } = await sessions.create("local", "password", FROM);
    const second = await sessions.create("local", "password", FROM);
    assertMatch(secret, /^[\w-]{43}$/);
    assert(!(await dump()).includes(secret), "the secret itself must not be stored");
    const me = await verified(sessions, secret);
    assertEquals([me.profileId, me.type, me.isProven, me.scopes.has("admin")], [
      "local",
      "person",
      true,
      true,
    ]);
    const ended: string[] = [];
    revocations.on(me, () => ended.push("mine"));
    revocations.on(await verified(sessions, second.secret), () => ended.push("the other's"));
    assertEquals((await sessions.list(me)).map(({ isCurrent, address }) => [isCurrent, address]), [
      [true, FROM.address],
      [false, FROM.address],
    ]);
    const stranger = { ...me, profileId: "stranger" };
    assertEquals(await sessions.list(stranger), []);
    await assertRejects(() => sessions.revoke(stranger, second.id), FreshetError, "no such session");
    await sessions.revokeOthers(me);
    assertEquals([ended, await sessions.verify(second.secret)], [["the other's"], null]);
    await sessions.revoke(me, me.sessionId ?? "");
    assertEquals([ended, await sessions.verify(secret)], [["the other's", "mine"], null]);
    assertEquals(await sessions.verify(""), null);
  }));

Deno.test("a session ends by itself, and tells to the minute when it was used", () =>
  withSessions(async ({ sessions, clock }) => {
    const { secret } = await sessions.create("local", "click", FROM);
    const me = await verified(sessions, secret);
    assertEquals(me.isProven, false);
    const usedAt = async () => (await sessions.list(me))[0]?.lastUsedAt;
    const begun = clock.now();
    await clock.advance(59_000);
    await sessions.verify(secret);
    assertEquals(await usedAt(), begun);
    await clock.advance(2_000);
    await sessions.verify(secret);
    assertEquals(await usedAt(), clock.now());
    await clock.advance(90 * DAY_MS);
    assertEquals(await sessions.verify(secret), null);
  }));

Deno.test("a session is as good as its proof: a click only where nobody has to log in, a token while it is the same", () =>
  withSessions(async ({ sessions, other }) => {
    const click = await sessions.create("local", "click", FROM);
    assertEquals(await other({ needsLogin: true }).verify(click.secret), null);
    const first = other({ token: "first", needsLogin: true });
    const { secret } = await first.create("local", "token", FROM);
    assert(await first.verify(secret));
    assertEquals(await other({ token: "second", needsLogin: true }).verify(secret), null);
    assertEquals(await other({ needsLogin: true }).verify(secret), null);
    const word = await first.create("local", "password", FROM);
    assert(await other({ needsLogin: true }).verify(word.secret));
  }));

Deno.test("a new role, a new password and the end of a profile log it out; a lost key's stream ends too", () =>
  withSessions(async ({ sessions, profiles, revocations }) => {
    const fields = { name: "Ada", role: "member" as const, password: null };
    const { id } = await profiles.create(localPrincipal, fields);
    const enter = async () => (await sessions.create(id, "click", FROM)).secret;
    const first = await enter();
    assertEquals((await verified(sessions, first)).scopes.has("admin"), false);
    let ended = 0;
    revocations.on({ profileId: id, keyId: "k" }, () => ended++);
    await profiles.update(localPrincipal, id, { name: "Ada L." });
    assert(await sessions.verify(first));
    await profiles.update(localPrincipal, id, { role: "administrator" });
    assertEquals([await sessions.verify(first), ended], [null, 1]);
    const second = await enter();
    const third = await enter();
    await profiles.updateOwn(await verified(sessions, third), { password: "long enough" });
    assertEquals(await sessions.verify(second), null);
    assert(await sessions.verify(third), "the browser that changed it stays logged in");
    await profiles.delete(localPrincipal, id);
    assertEquals(await sessions.verify(third), null);
  }));

Deno.test("a profile has fifty sessions at most: the one that was not used for longest goes", () =>
  withSessions(async ({ sessions, clock }) => {
    const made: string[] = [];
    for (let i = 0; i < 51; i++) {
      made.push((await sessions.create("local", "click", FROM)).secret);
      await clock.advance(1);
    }
    const isGood = async (i: number) => await sessions.verify(made[i] ?? "") !== null;
    assertEquals([await isGood(0), await isGood(1), await isGood(50)], [false, true, true]);
  }));
