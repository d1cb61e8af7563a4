import { assert, assertEquals, assertRejects } from "@std/assert";
import { FakeClock } from "../../host/testing.ts";
import { FreshetError } from "../../shared/mod.ts";
import { type ApiKeys, Authenticator, localPrincipal } from "../mod.ts";
import { Failures } from "./failures.ts";
import { LoginThrottle } from "./mod.ts";
import { networkOf } from "./network.ts";

const RIGHT_KEY = "fsh_right";
const HERE = "203.0.113.1";
const ELSEWHERE = "203.0.113.2";

function withToken(token = "s3cret") {
  const clock = new FakeClock();
  const apiKeys: Pick<ApiKeys, "verify"> = {
    verify: (secret) => Promise.resolve(secret === RIGHT_KEY ? { ...localPrincipal, type: "key" } : null),
  };
  const sessions = {
    cookieName: "freshet_1_session",
    verify: (secret: string) =>
      Promise.resolve(secret === "good" ? { ...localPrincipal, isProven: true } : null),
  };
  const authenticator = new Authenticator({ token, apiKeys, sessions, needsLogin: true, clock });
  const ask = async (headers: Record<string, string>, address = HERE): Promise<string> => {
    const source = { address, isAtMachine: false, isSecure: false };
    try {
      return (await authenticator.authenticate(new Headers(headers), source)).type;
    } catch (error) {
      assert(error instanceof FreshetError);
      return error.retryAfter === undefined ? error.code : `${error.code} ${error.retryAfter}`;
    }
  };
  return { clock, ask };
}

for (const header of ["authorization", "x-api-key"]) {
  const shown = (secret: string) => ({ [header]: header === "authorization" ? `Bearer ${secret}` : secret });

  Deno.test(`who guesses at the token by ${header} has to wait, and nobody else`, async () => {
    const { clock, ask } = withToken();
    for (let i = 0; i < 10; i++) assertEquals(await ask(shown(`guess-${i}`)), "unauthorized");
    assertEquals(await ask(shown("s3cret")), "rate_limited 2", "a right guess tells nothing while it waits");
    assertEquals(await ask(shown("s3cret"), ELSEWHERE), "person");
    assertEquals(await ask({ ...shown("x"), cookie: "freshet_1_session=good" }), "person");
    assertEquals(await ask(shown(RIGHT_KEY)), "key");
    assertEquals(await ask({}), "unauthorized");
    await clock.advance(2_000);
    assertEquals([await ask(shown("last")), await ask(shown("s3cret"))], ["unauthorized", "rate_limited 4"]);
    await clock.advance(4_000);
    assertEquals(await ask(shown("s3cret")), "person");
  });

  Deno.test(`who guesses at API keys by ${header} has to wait; a right key is let in from there too`, async () => {
    const { clock, ask } = withToken();
    for (let i = 0; i < 20; i++) assertEquals(await ask(shown(`fsh_${i}`)), "unauthorized");
    assertEquals([await ask(shown("fsh_x")), await ask(shown("fsh_x"), ELSEWHERE)], [
      "rate_limited 2",
      "unauthorized",
    ]);
    assertEquals([await ask(shown(RIGHT_KEY)), await ask(shown("s3cret"))], ["key", "person"]);
    await clock.advance(2_000);
    assertEquals(await ask(shown("fsh_x")), "unauthorized");
  });
}

Deno.test("many guesses at a time are no way around, nor is a bad cookie beside each", async () => {
  const { ask } = withToken();
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => {
    return ask({ authorization: `Bearer guess${i}`, cookie: "freshet_1_session=bad" });
  }));
  assertEquals(new Set(answers), new Set(["unauthorized"]));
  assertEquals(await ask({ authorization: "Bearer s3cret" }), "rate_limited 2");
});

Deno.test("who is logged in guesses at the token no faster than others, and stays logged in", async () => {
  const { ask } = withToken();
  const cookie = "freshet_1_session=good";
  for (let i = 0; i < 10; i++) {
    assertEquals(await ask({ authorization: `Bearer guess-${i}`, cookie }), "person");
  }
  assertEquals(await ask({ authorization: "Bearer s3cret" }), "rate_limited 2");
  assertEquals(await ask({ authorization: "Bearer s3cret", cookie }), "person");
});

Deno.test("a program that repeats one old secret does not use up its person's tries", async () => {
  const { ask } = withToken();
  for (let i = 0; i < 100; i++) {
    assertEquals(await ask({ authorization: "Bearer of-last-year" }), "unauthorized");
    assertEquals(await ask({ authorization: "Bearer fsh_of_last_year" }), "unauthorized");
  }
  assertEquals(await ask({ authorization: "Bearer s3cret" }), "person");
});

Deno.test("the addresses of one household's IPv6 network count as one", () => {
  assertEquals(networkOf("2001:db8:1:2:a::1"), networkOf("2001:db8:1:2:ffff::9"));
  assertEquals(networkOf("fe80::1%eth0"), networkOf("fe80::2"));
  assert(networkOf("2001:db8:1:2::1") !== networkOf("2001:db8:1:3::1"));
  assertEquals([networkOf("10.0.0.1"), networkOf("localhost")], ["10.0.0.1", "localhost"]);
});

Deno.test("what is known of failures does not grow: the oldest is forgotten", () => {
  const failures = new Failures(new FakeClock(), { free: 1, waitMaxMs: 60_000 });
  for (let i = 0; i < 5_000; i++) failures.add(`a${i}`);
  assertEquals([failures.wait("a4999"), failures.wait("a3000"), failures.wait("a2999")], [2_000, 2_000, 0]);
});

Deno.test("strangers who guess from many networks lock nobody out of where they were let in before", async () => {
  const clock = new FakeClock();
  const throttle = new LoginThrottle(clock);
  throttle.begin(HERE, "owner")();
  for (let i = 0; i < 40; i++) {
    try {
      throttle.begin(`10.1.${i}.1`, "owner");
    } catch (error) {
      assert(error instanceof FreshetError && error.code === "rate_limited");
    }
  }
  await assertRejects(() => Promise.try(() => throttle.begin("10.2.0.1", "owner")), FreshetError, "wait");
  throttle.begin(HERE, "owner")();
});
