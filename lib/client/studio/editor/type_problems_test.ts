import { assertEquals } from "@std/assert";
import { isTrustworthy, messageOf, neededTypes } from "./type_problems.ts";

const NOTHING = { hono: false, deno: false, unknown: false };
const error = (code: number, messageText = "") => ({ code, category: 1, messageText });

Deno.test("the types that a project needs are seen in its imports", () => {
  assertEquals(neededTypes(['import { a } from "./a.ts";\nexport * from "../b.js";']), NOTHING);
  assertEquals(neededTypes(['import { Hono } from "hono";', "Deno.test(name, run);"]), {
    ...NOTHING,
    hono: true,
    deno: true,
  });
  assertEquals(neededTypes(["import { cors } from 'hono/cors';"]).hono, true);
  for (const specifier of ["node:crypto", "honored", "npm:zod", "https://esm.sh/x.ts", "./data.json"]) {
    assertEquals(neededTypes([`import x from "${specifier}";`]), { ...NOTHING, unknown: true }, specifier);
  }
  assertEquals(neededTypes(['const x = await import("npm:zod");']).unknown, true);
});

Deno.test("a missing module is an error only where it is a file of the project", () => {
  const said = (specifier: string) =>
    error(2307, `Cannot find module '${specifier}' or its corresponding type`);
  assertEquals(isTrustworthy(said("./gone.ts"), NOTHING), true);
  assertEquals(isTrustworthy(said("../lib/gone.js"), NOTHING), true);
  for (const specifier of ["zod", "node:fs", "./style.css", "./data.json"]) {
    assertEquals(isTrustworthy(said(specifier), NOTHING), false, specifier);
  }
});

Deno.test("errors that come of missing types are not shown", () => {
  assertEquals(isTrustworthy(error(7006), NOTHING), true);
  assertEquals(isTrustworthy(error(7006), { ...NOTHING, unknown: true }), false);
  assertEquals(isTrustworthy(error(2322), { ...NOTHING, unknown: true }), true);
  assertEquals(isTrustworthy(error(2580), NOTHING), false);
  assertEquals(isTrustworthy({ ...error(6133), category: 2 }, NOTHING), false);
});

Deno.test("a message is shown with what it comes from", () => {
  const chain = { messageText: "A", next: [{ messageText: "B", next: [{ messageText: "C" }] }] };
  assertEquals(messageOf(chain), "A\n  B\n    C");
});
