import { assertEquals } from "@std/assert";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { createCipher, Store } from "../store/mod.ts";
import { Contacts, placeOf, recorded } from "./mod.ts";

const NIGHT = Date.UTC(2026, 10, 21, 23, 59, 59);
const DAY = 86_400_000;

async function withContacts(
  fn: (rig: { clock: FakeClock; store: Store; start: () => Contacts }) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const store = new Store(kv, createCipher(new Uint8Array(32)), { encryptAll: false, shared: true });
  const clock = new FakeClock(NIGHT);
  const started: Contacts[] = [];
  try {
    await fn({
      clock,
      store,
      start() {
        const contacts = new Contacts({ store, clock, log: silentLog });
        started.push(contacts);
        return contacts;
      },
    });
    for (const contacts of started) await contacts.close();
    assertEquals(clock.timers, 0);
  } finally {
    store.close();
  }
}

const seen = async (contacts: Contacts, period = {}) =>
  (await contacts.list(period)).map(({ feature, host, count }) => `${feature} ${host} ${count}`).sort();

Deno.test("requests are counted by host, feature and day, and kept by themselves", () =>
  withContacts(async ({ clock, start }) => {
    const [here, other] = [start(), start()];
    for (let i = 0; i < 3; i++) here.note("chat", "https://api.openai.com");
    here.note("probe", "https://api.openai.com");
    here.note("chat", "http://127.0.0.1:11434");
    await clock.advance(1_000);
    here.note("chat", "https://api.openai.com");
    other.note("chat", "https://api.openai.com");
    await clock.advance(5_000);
    const all = ["chat 127.0.0.1:11434 1", "chat api.openai.com:443 5", "probe api.openai.com:443 1"];
    assertEquals(await seen(start()), all);
    const [latest] = await here.list();
    assertEquals([latest?.firstAt, latest?.lastAt], [NIGHT, NIGHT + 1_000]);
    assertEquals(await seen(here, { from: clock.now() }), ["chat api.openai.com:443 2"], "today");
    await clock.advance(89 * DAY);
    assertEquals(await seen(here), ["chat api.openai.com:443 2"]);
    await here.clear();
    assertEquals(await seen(other), []);
  }));

Deno.test("an end stores what is left, and many hosts have an end", () =>
  withContacts(async ({ start }) => {
    const contacts = start();
    for (let i = 0; i < 1_200; i++) contacts.note("chat", `https://h${i}.test`);
    await contacts.close();
    const found = await start().list();
    assertEquals([found.length <= 1_001, found.reduce((sum, { count }) => sum + count, 0) <= 1_200], [
      true,
      true,
    ]);
    assertEquals(found.find(({ host }) => host === "…")?.count, 200);
  }));

Deno.test("two instances that store at once lose nothing", () =>
  withContacts(async ({ start }) => {
    const all = [start(), start(), start()];
    for (let round = 0; round < 5; round++) {
      for (const contacts of all) contacts.note("api", "http://node.lan:8000");
      await Promise.all(all.map((contacts) => contacts.flush()));
    }
    assertEquals(await seen(start()), ["api node.lan:8000 15"]);
  }));

Deno.test("sandboxes are named by what is common to them", () =>
  withContacts(async ({ start }) => {
    const contacts = start();
    for (const origin of ["http://127.0.0.1:40123", "http://127.0.0.1:40124"]) {
      contacts.note("sandbox", origin);
    }
    for (const id of ["abc1", "abc2"]) contacts.note("sandbox", `https://49983-${id}.e2b.app`);
    contacts.note("sandbox", "https://api.e2b.app");
    assertEquals(await seen(contacts), [
      "sandbox *.e2b.app:443 2",
      "sandbox 127.0.0.1 2",
      "sandbox api.e2b.app:443 1",
    ]);
  }));

Deno.test("every way out counts, the address that a redirect leads to as well, and data: contacts nobody", () =>
  withContacts(async ({ start }) => {
    const contacts = start();
    const reach = recorded(contacts, "models", {
      fetch: (input) => {
        const response = new Response("ok");
        if (String(input).includes("moved")) {
          Object.defineProperties(response, {
            redirected: { value: true },
            url: { value: "https://elsewhere.test/x" },
          });
        }
        return Promise.resolve(response);
      },
      http1: { request: () => Promise.reject(new Error("it is not there")) },
    });
    await reach.fetch("https://a.test/moved");
    await reach.fetch(new Request("http://b.test:81/"));
    await reach.fetch("data:text/plain,x");
    await reach.http1?.request(new URL("http://c.test/v1")).catch(() => "counted all the same");
    assertEquals(reach.http1, reach.http1);
    assertEquals(await seen(contacts), [
      "models a.test:443 1",
      "models b.test:81 1",
      "models c.test:80 1",
      "models elsewhere.test:443 1",
    ]);
  }));

Deno.test("it is told where a host is", () => {
  const places: [string, string][] = [
    ["127.0.0.1:11434", "machine"],
    ["localhost:1", "machine"],
    ["a.localhost:1", "machine"],
    ["[::1]:80", "machine"],
    ["0.0.0.0:80", "machine"],
    ["192.168.1.4:80", "network"],
    ["172.31.0.1:80", "network"],
    ["172.32.0.1:80", "internet"],
    ["100.64.0.1:80", "network"],
    ["[fe80::1]:80", "network"],
    ["[fd00::1]:80", "network"],
    ["[2606:4700::1]:443", "internet"],
    ["attic:8000", "network"],
    ["attic.local:8000", "network"],
    ["api.openai.com:443", "internet"],
    ["notlocalhost.com:443", "internet"],
    ["127.0.0.1.evil.example:80", "internet"],
    ["*.e2b.app:443", "internet"],
    ["127.0.0.1", "machine"],
  ];
  for (const [host, place] of places) assertEquals([host, placeOf(host)], [host, place]);
});
