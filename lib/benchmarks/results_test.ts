import { assert, assertEquals } from "@std/assert";
import { newId, RESULT_KINDS } from "../shared/mod.ts";
import { openStore } from "../store/mod.ts";
import { Results } from "./results.ts";
import { exampleResult, keptBenchmark } from "./testing.ts";

Deno.test("a page of results is what all of them show there, and few are read for it", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const book = await keptBenchmark(store, newId());
    const all = Array.from({ length: 93 }, (_, i) => exampleResult(i));
    await Promise.all(all.map((result) => book.add(result, 1)));
    const results = new Results(store);
    for (const kind of RESULT_KINDS) {
      for (const target of [undefined, 0, 1, 2]) {
        const expected = all.filter((result) =>
          (target === undefined || result.target === target) &&
          (kind === "all" || (kind === "failed" ? result.error : result.isCorrect === (kind === "correct")))
        ).map(({ prompt }) => prompt);
        for (const offset of [0, 7, 20, 45, 92, 93, 200]) {
          const query = { kind, offset, limit: 25, ...(target === undefined ? {} : { target }) };
          const page = await results.list(book.record, query);
          assertEquals(page.count, expected.length);
          assertEquals(page.results.map(({ prompt }) => prompt), expected.slice(offset, offset + 25));
        }
      }
    }
    let decoded = 0;
    const decode = store.codec.decode.bind(store.codec);
    store.codec.decode = (type, bytes) => (decoded++, decode(type, bytes));
    await results.list(book.record, { offset: 80, limit: 10 });
    assert(decoded <= 1, `${decoded} records`);
  } finally {
    store.close();
  }
});
