import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { openStore } from "../../store/mod.ts";
import { localPrincipal, Login, Profiles, Revocations, Sessions } from "../mod.ts";
import { LoginThrottle } from "../guesses/mod.ts";
import { hashPassword, isPassword } from "./passwords.ts";

const PASSWORD = "correct horse";
const HERE = { address: "10.0.0.1", isAtMachine: true };

async function withLogin(
  needsLogin: boolean,
  fn: (bench: { login: Login; sessions: Sessions; profiles: Profiles; clock: FakeClock }) => Promise<void>,
) {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const profiles = new Profiles({ store, clock, needsLogin, hasToken: true });
  const sessions = new Sessions({
    store,
    clock,
    revocations: new Revocations(),
    scopesOf: (id) => profiles.scopesOf(id),
    token: "the token",
    needsLogin,
  });
  const login = new Login({ clock, profiles, sessions, needsLogin, isToken: (text) => text === "the token" });
  try {
    await fn({ login, sessions, profiles, clock });
  } finally {
    store.close();
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => work, FreshetError)).code;
}

Deno.test("a password is kept as a salted hash, and has eight characters", async () => {
  const hash = await hashPassword("pässwört");
  assert(hash.startsWith("scrypt$32768$8$1$"));
  assert(await isPassword("pässwört".normalize("NFD"), hash));
  assertEquals(await isPassword("passwort", hash), false);
  assertEquals(await codeOf(hashPassword("seven77")), "invalid_request");
  assertEquals(await codeOf(hashPassword("x".repeat(257))), "invalid_request");
  await assertRejects(() => isPassword("a", "md5$x"), Error, "no known kind");
});

Deno.test("a password lets in, a wrong one does not; without one a click does, where nobody has to log in", async () => {
  await withLogin(false, async ({ login, sessions, profiles }) => {
    const fields = { name: "Ada", role: "member" as const };
    const guarded = await profiles.create(localPrincipal, { ...fields, password: PASSWORD });
    const open = await profiles.create(localPrincipal, { ...fields, name: "Bo", password: null });
    const entered = await sessions.verify(await login.enter(guarded.id, PASSWORD, HERE));
    assertEquals([entered?.profileId, entered?.isProven], [guarded.id, true]);
    assertEquals(await codeOf(login.enter(guarded.id, "wrong", HERE)), "unauthorized");
    assertEquals(await codeOf(login.enter(guarded.id, "", HERE)), "unauthorized");
    assertEquals(await codeOf(login.enter("nobody", "", HERE)), "not_found");
    const clicked = await sessions.verify(await login.enter(open.id, "", HERE));
    assertEquals([clicked?.profileId, clicked?.isProven], [open.id, false]);
    assertEquals((await login.choices(HERE)).map(({ name }) => name), ["Me", "Ada", "Bo"]);
  });
  await withLogin(true, async ({ login, profiles }) => {
    const { id } = await profiles.create(localPrincipal, { name: "Bo", role: "member", password: null });
    assertEquals(await codeOf(login.enter(id, "", HERE)), "forbidden");
    assertEquals(await login.choices(HERE), []);
  });
});

Deno.test("the token lets the first administrator in", () =>
  withLogin(true, async ({ login, sessions }) => {
    const entered = await sessions.verify(await login.enterByToken("the token", HERE));
    assertEquals([entered?.profileId, entered?.isProven], ["local", true]);
    assertEquals(await codeOf(login.enterByToken("the tokem", HERE)), "unauthorized");
  }));

Deno.test("who guesses has to wait, longer each time; another address does not", async () => {
  const clock = new FakeClock();
  const throttle = new LoginThrottle(clock);
  const wait = (address: string, profile = "p") => {
    try {
      throttle.begin(address, profile);
      return 0;
    } catch (error) {
      assert(error instanceof FreshetError && error.code === "rate_limited");
      return error.retryAfter ?? -1;
    }
  };
  for (let i = 0; i < 5; i++) assertEquals(wait("a"), 0);
  assertEquals([wait("a"), wait("b")], [2, 0]);
  await clock.advance(2_000);
  assertEquals([wait("a"), wait("a")], [0, 4]);
  await clock.advance(4_000);
  // Knowing the password of one profile wins no free guesses at another.
  throttle.begin("a", "mine")();
  assertEquals(wait("a"), 4);
  await clock.advance(4_000);
  assertEquals([wait("a"), wait("a")], [0, 8]);
  // Many addresses that guess at one profile are slowed too, but never for long.
  for (let i = 0; i < 40; i++) wait(`10.1.0.${i}`, "victim");
  assert(wait("fresh", "victim") > 0 && wait("fresh", "victim") <= 30);
  await clock.advance(3_600_000);
  assertEquals(wait("a"), 0);
});
