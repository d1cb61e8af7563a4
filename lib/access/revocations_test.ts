import { assertEquals } from "@std/assert";
import { FakeClock } from "../host/testing.ts";
import { openStore } from "../store/mod.ts";
import {
  endRevokedElsewhere,
  localPrincipal,
  Profiles,
  profilesChangedElsewhere,
  Revocations,
  Sessions,
} from "./mod.ts";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("what a key begins after its profile has logged everybody out goes on", async () => {
  const revocations = new Revocations();
  const key = { profileId: "ada", keyId: "k" };
  const ended: string[] = [];
  revocations.on(key, () => ended.push("begun before"));
  revocations.endAll("ada");
  revocations.on(key, () => ended.push("begun after"));
  await settled();
  assertEquals(ended, ["begun before"]);
});

Deno.test("a stream that a session was let in for while all were revoked ends, open before or not", async () => {
  const store = await openStore({ folder: ":memory:" });
  const revocations = new Revocations();
  const sessions = new Sessions({
    store,
    clock: new FakeClock(),
    revocations,
    scopesOf: () => Promise.resolve(new Set()),
    token: undefined,
    needsLogin: false,
  });
  const { secret } = await sessions.create("ada", "password", { address: "::1" });
  const principal = await sessions.verify(secret);
  await sessions.revokeAll("ada");
  let ended = 0;
  if (principal) revocations.on(principal, () => ended++);
  await settled();
  assertEquals(ended, 1);
  store.close();
});

Deno.test("a key revoked elsewhere ends nothing of who is at the machine, and a password that is set elsewhere does", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const revocations = new Revocations();
  const profilesOf = () => new Profiles({ store, clock, needsLogin: false, hasToken: false });
  const [here, elsewhere] = [profilesOf(), profilesOf()];
  const [me] = await here.list();
  const ended: string[] = [];
  revocations.on({ profileId: "local" }, () => ended.push("at the machine"));
  revocations.on({ profileId: "local", keyId: "gone" }, () => ended.push("by a key that is gone"));
  await endRevokedElsewhere(store, revocations, "local");
  assertEquals(ended, ["by a key that is gone"]);
  await profilesChangedElsewhere(here, revocations);
  assertEquals(ended.length, 1);
  await elsewhere.updateOwn(localPrincipal, { password: "long enough" });
  await profilesChangedElsewhere(here, revocations);
  assertEquals([me?.hasPassword, ended], [false, ["by a key that is gone", "at the machine"]]);
  store.close();
});
