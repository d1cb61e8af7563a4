import { assertEquals, assertRejects } from "@std/assert";
import { untilLoaded } from "./until_loaded.ts";

Deno.test("what the network withholds is asked for until it comes", async () => {
  const waits: string[] = [];
  const failures = [
    "Failed to fetch dynamically imported module: https://host/gen/editor/editor.js",
    "error loading dynamically imported module: https://host/gen/editor/editor.js",
    "Importing a module script failed.",
  ];
  const loaded = await untilLoaded(
    (attempt) => attempt < 3 ? Promise.reject(new TypeError(failures[attempt])) : Promise.resolve("here"),
    () => Promise.resolve(void waits.push("waited")),
  );
  assertEquals([loaded, waits.length], ["here", 3]);
});

Deno.test("what a module throws is no matter of the network", async () => {
  let attempts = 0;
  const bug = new TypeError("load is not a function");
  await assertRejects(
    () => untilLoaded(() => Promise.reject(bug), () => Promise.resolve()),
    TypeError,
    "not a",
  );
  await assertRejects(
    () => untilLoaded(() => Promise.reject(new RangeError(`bug ${++attempts}`)), () => Promise.resolve()),
    RangeError,
    "bug 1",
  );
});
