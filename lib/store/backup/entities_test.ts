import { assert, assertEquals } from "@std/assert";
import { keys } from "../keys.ts";
import { ENTITIES, KEPT_ENTITIES } from "./entities.ts";

const LIB = new URL("../../", import.meta.url);

Deno.test("every entity of the keys says what a backup does with it", () => {
  const makers = Object.values(keys) as ((...parts: unknown[]) => Deno.KvKey)[];
  const entities = new Set(makers.map((make) => String(make("a", "b", "c", "d", "e")[0])));
  const missing = [...entities].filter((entity) => !(entity in ENTITIES));
  assertEquals(missing, [], "add them to lib/store/backup/entities.ts and to lib/store/README.md");
});

Deno.test("what is kept is found below its entity: a prefix covers no key that is nothing but the prefix", () => {
  const makers = Object.values(keys) as ((...parts: unknown[]) => Deno.KvKey)[];
  for (const make of makers) {
    if (make.length > 0 || ENTITIES[String(make()[0])]?.kept !== true) continue;
    // Those of several entries are prefixes; a single one names more than its entity.
    const [entity, ...rest] = make();
    const isPrefix = makers.some((other) => other.length > 0 && other("a", "b", "c", "d", "e")[0] === entity);
    assert(isPrefix || rest.length > 0, `${String(entity)} would be in no backup`);
  }
});

Deno.test("what tells services to work on something is restored after all of that", () => {
  const order = KEPT_ENTITIES.map(([entity]) => entity);
  const last = order.slice(-7);
  assertEquals(last.filter((entity) => !/_(purge|queue|owned)$/.test(entity)), []);
  assertEquals(order.slice(0, -7).filter((entity) => /_(purge|queue|owned)$/.test(entity)), []);
});

Deno.test("every kind of record has the schema number that a backup takes", async () => {
  const known = new Map<string, number>();
  for (const rule of Object.values(ENTITIES)) {
    if (rule.kept && rule.record) known.set(rule.record, rule.schema ?? 1);
  }
  const wrong: string[] = [];
  for await (const source of sources(LIB)) {
    for (
      const [, name = "", schema = "1"] of source.matchAll(/[=:] recordType<.*>\(\s*"([^"]+)"(?:, (\d+))?/g)
    ) {
      if (LEFT.has(name)) continue;
      if (known.get(name) !== Number(schema)) {
        wrong.push(`${name}: schema ${schema}, here ${known.get(name)}`);
      }
    }
  }
  assertEquals(wrong, [], "put the new number into lib/store/backup/entities.ts");
});

Deno.test("the table of the store's README names every entity", async () => {
  const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));
  assertEquals(Object.keys(ENTITIES).filter((entity) => !readme.includes(`\`[${entity}`)), []);
});

/** Kinds of entities that are in no backup. */
const LEFT = new Set([
  "pointer",
  "rate limit's use",
  "profile's latest events",
  "session",
  "month of days",
  "hours of a month",
  "month of pages",
]);

async function* sources(folder: URL): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) yield* sources(url);
    else if (/(?<!_test)\.ts$/.test(name)) yield await Deno.readTextFile(url);
  }
}
