import { assert, assertEquals, assertRejects } from "@std/assert";
import { BulkWriter, openStore, recordType, type Store } from "../../../lib/store/mod.ts";
import { KvConnectServer } from "./mod.ts";

const NOTE = recordType<{ text: string }>("note");

async function withKv(fn: (kv: Deno.Kv, server: KvConnectServer) => Promise<void>): Promise<void> {
  await using server = new KvConnectServer();
  const kv = await Deno.openKv(server.line().url);
  try {
    await fn(kv, server);
  } finally {
    kv.close();
  }
}

Deno.test("values of every kind come back as they were set, with the versionstamp of their commit", () =>
  withKv(async (kv) => {
    const values = [new Uint8Array([0, 255]), "grüße 👋", 1.5, 7n, { a: [null] }, new Deno.KvU64(3n), true];
    for (const [i, value] of values.entries()) {
      const { versionstamp } = await kv.set(["kind", i], value);
      const entry = await kv.get(["kind", i]);
      assertEquals([entry.value, entry.versionstamp], [value, versionstamp]);
    }
    assertEquals((await kv.get(["kind", "none"])).versionstamp, null);
    await kv.delete(["kind", 0]);
    assertEquals((await kv.get(["kind", 0])).versionstamp, null);
    const many = await kv.getMany<unknown[]>([["kind", 3], ["kind", 0], ["kind", 1]]);
    assertEquals(many.map(({ value }) => value), [7n, null, "grüße 👋"]);
  }));

Deno.test("keys are in the order of Deno KV, and ranges are read in parts and backwards", () =>
  withKv(async (kv) => {
    const keys = [["a", new Uint8Array([9])], ["a", ""], ["a", "é"], ["a", -1], ["a", 2], ["a", 10], [
      "a",
      1n,
    ], ["a", true]];
    for (const key of keys.toReversed()) await kv.set(key, 0);
    await kv.set(["b"], 0);
    const read = async (selector: Deno.KvListSelector, options?: Deno.KvListOptions) =>
      (await Array.fromAsync(kv.list(selector, options))).map(({ key }) => key[1]);
    const local = await Deno.openKv(":memory:");
    for (const key of keys) await local.set(key, 0);
    const expected = (await Array.fromAsync(local.list({ prefix: ["a"] }))).map(({ key }) => key[1]);
    local.close();
    assertEquals(await read({ prefix: ["a"] }), expected);
    assertEquals(await read({ prefix: ["a"] }, { batchSize: 3 }), expected);
    assertEquals(await read({ prefix: ["a"] }, { reverse: true, batchSize: 3 }), expected.toReversed());
    assertEquals(
      await read({ prefix: ["a"] }, { reverse: true, limit: 2 }),
      expected.toReversed().slice(0, 2),
    );
    assertEquals(await read({ start: ["a", -1], end: ["a", 10] }), [-1, 2]);
  }));

Deno.test("a commit is all or nothing", () =>
  withKv(async (kv) => {
    const { versionstamp } = await kv.set(["a"], 1);
    const late = await kv.atomic().check({ key: ["a"], versionstamp: null }).set(["b"], 1).delete(["a"])
      .commit();
    assertEquals([late.ok, (await kv.get(["b"])).value, (await kv.get(["a"])).value], [false, null, 1]);
    const done = await kv.atomic().check({ key: ["a"], versionstamp }).check({
      key: ["b"],
      versionstamp: null,
    })
      .set(["b"], 1).delete(["a"]).commit();
    assert(done.ok && done.versionstamp > versionstamp);
    assertEquals([(await kv.get(["b"])).value, (await kv.get(["a"])).value], [1, null]);
  }));

Deno.test("sums, maxima and minima are of what stands there", () =>
  withKv(async (kv) => {
    const n = new Deno.KvU64(5n);
    await kv.atomic().sum(["s"], 5n).max(["max"], 5n).min(["min"], 5n).commit();
    await kv.atomic().sum(["s"], 2n ** 64n - 1n).max(["max"], 4n).min(["min"], 6n).commit();
    const entries = await kv.getMany<unknown[]>([["s"], ["max"], ["min"]]);
    assertEquals(entries.map(({ value }) => value), [new Deno.KvU64(4n), n, n]);
    await kv.set(["text"], "no number");
    await assertRejects(() => kv.atomic().sum(["text"], 1n).commit(), Error, "Cannot apply sum");
  }));

Deno.test("an expired value is gone", () =>
  withKv(async (kv) => {
    await kv.set(["gone"], 1, { expireIn: 0 });
    await kv.set(["kept"], 1, { expireIn: 60_000 });
    assertEquals([(await kv.get(["gone"])).value, (await kv.get(["kept"])).value], [null, 1]);
  }));

Deno.test("a watch tells at once what stands at its keys, then each change of them, across a cut line", () =>
  withKv(async (kv, server) => {
    const other = server.line();
    const writer = await Deno.openKv(other.url);
    const watch = kv.watch<[number]>([["w"]]).getReader();
    const next = async () => (await watch.read()).value?.[0].value;
    assertEquals(await next(), null);
    await writer.set(["other"], 1);
    await writer.set(["w"], 1);
    assertEquals(await next(), 1);
    server.cut();
    await writer.set(["w"], 2);
    assertEquals(await next(), 2);
    await writer.delete(["w"]);
    assertEquals(await next(), null);
    await watch.cancel();
    writer.close();
  }));

Deno.test("a write whose answer is lost is sent again", () =>
  withKv(async (kv, server) => {
    server.loseNextWrite(() => true);
    const again = await kv.atomic().check({ key: ["once"], versionstamp: null }).set(["once"], 1).commit();
    assertEquals(
      [again.ok, (await kv.get(["once"])).value],
      [false, 1],
      "it seems to fail, and has happened",
    );
  }));

Deno.test("a slow server is waited for", () =>
  withKv(async (kv, server) => {
    server.options.delayMs = 50;
    const startedAt = performance.now();
    await kv.set(["slow"], 1);
    assert(performance.now() - startedAt >= 49);
  }));

Deno.test("a wrong access token is refused", async () => {
  await using server = new KvConnectServer();
  const response = await fetch(server.line().url, {
    method: "POST",
    headers: { authorization: "Bearer wrong" },
    body: '{"supportedVersions":[3]}',
  });
  assertEquals([response.status, await response.text()], [401, "Unknown token"]);
});

async function withStores(fn: (a: Store, b: Store, server: KvConnectServer) => Promise<void>): Promise<void> {
  await using server = new KvConnectServer();
  const folder = await Deno.makeTempDir();
  const stores = await Promise.all([1, 2].map(() => openStore({ folder, url: server.line().url })));
  try {
    const [a, b] = stores;
    assert(a && b);
    await fn(a, b, server);
  } finally {
    for (const store of stores) store.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("two stores see each other's records, large ones and sealed ones too", () =>
  withStores(async (a, b) => {
    const text = Array.from({ length: 10_000 }, () => crypto.randomUUID()).join("");
    const key = ["note", "local", "1"];
    for (const round of ["x", "y"]) {
      await using transaction = a.transaction();
      await transaction.set(NOTE, key, { text: text + round });
      assert((await transaction.commit()).ok);
    }
    assertEquals((await b.get(NOTE, key))?.value.text, text + "y");
    const sealed = a.cipher.seal(new TextEncoder().encode("secret"));
    assertEquals(new TextDecoder().decode(b.cipher.open(sealed)), "secret");
    const found = await b.getMany(NOTE, Array.from({ length: 25 }, (_, i) => ["note", "local", String(i)]));
    assertEquals(found.map((note) => note !== null).indexOf(true), 1);
  }));

Deno.test("bulk writes fit into commits over the network", () =>
  withStores(async (a, b) => {
    const writer = new BulkWriter(a.kv);
    for (let i = 0; i < 40; i++) await writer.set(["bulk", i], new Uint8Array(60_000));
    for (let i = 0; i < 1_200; i++) await writer.set(["many", i], new Uint8Array(1));
    await writer.flush();
    assertEquals((await Array.fromAsync(b.kv.list({ prefix: ["bulk"] }))).length, 40);
    assertEquals((await Array.fromAsync(b.kv.list({ prefix: ["many"] }))).length, 1_200);
    await b.deleteBelow(["many"]);
    assertEquals((await Array.fromAsync(a.kv.list({ prefix: ["many"] }))).length, 0);
  }));

Deno.test("a transaction whose answer is lost has happened, and one whose check fails has not", () =>
  withStores(async (a, b, server) => {
    const key = ["note", "local", "1"];
    const text = Array.from({ length: 5_000 }, () => crypto.randomUUID()).join("");
    const write = async (text: string) => {
      await using transaction = a.transaction();
      await transaction.set(NOTE, key, { text });
      transaction.operation.check({ key, versionstamp: null });
      return await transaction.commit();
    };
    server.loseNextWrite(({ checks }) => checks.length > 0);
    const first = await write(text);
    const stored = await b.get(NOTE, key);
    assertEquals([first.ok, stored?.value.text], [true, text]);
    assertEquals(first.ok && first.versionstamp, stored?.versionstamp);
    assertEquals((await write("other")).ok, false);
    assertEquals((await b.get(NOTE, key))?.value.text, text);
  }));
