import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createTools } from "./mod.ts";

const tools = createTools({ now: () => Date.UTC(2025, 0, 31, 12, 30) });
const files = [
  { name: "notes.md", text: "alpha\nbeta\nGamma ray\ndelta\nepsilon\nzeta" },
  { name: "long.txt", text: "x".repeat(20_000) },
];

async function call(name: string, parameters: unknown, attached = files): Promise<string> {
  const context = { readAttachments: () => Promise.resolve(attached) };
  const { content, isError } = await tools.call(name, JSON.stringify(parameters), context);
  return isError ? `error: ${content}` : content;
}

Deno.test("current_time tells the time in a time zone", async () => {
  const time = await call("current_time", { timeZone: "Asia/Tokyo" });
  assertStringIncludes(time, "Friday");
  assertStringIncludes(time, "31 January 2025");
  assertStringIncludes(time, "21:30:00");
  assertStringIncludes(time, "2025-01-31T12:30:00Z");
  assertStringIncludes(await call("current_time", {}), "2025-01-31T12:30:00Z");
  assertEquals(
    await call("current_time", { timeZone: "Mars/Base" }),
    "error: There is no time zone named Mars/Base",
  );
});

Deno.test("calculator calculates", async () => {
  const cases: [string, string][] = [
    ["12*7", "84"],
    ["0.1 + 0.2", "0.3"],
    ["(1 + 2) * 3 - 4 / 2", "7"],
    ["2 ** 10 + 2 ^ 3", "1032"],
    ["-3 × 4 ÷ 2 − 1", "-7"],
    ["sqrt(2) * sqrt(2)", "2"],
    ["max(1, 7, 3) + gcd(12, 18)", "13"],
    ["round(2.6) + 5! % 7", "4"],
    ["sin(pi / 2)", "1"],
    ["1 / 0", "too large (infinity)"],
    ["0 / 0", "not defined"],
    ["3 > 2", "true"],
  ];
  for (const [expression, result] of cases) {
    assertEquals(await call("calculator", { expression }), `${expression} = ${result}`);
  }
});

Deno.test("calculator runs nothing else", async () => {
  for (
    const expression of [
      "constructor",
      "toString",
      "__proto__",
      "constructor.constructor('return 1')()",
      "f(x) = x; f(2)",
      "x = 5",
      "'a' || 'b'",
      "random()",
      "map(sin, [1, 2])",
      "[1, 2]",
      '"text"',
      "2 +",
      "unknown(2)",
      "(".repeat(900),
      "1".repeat(1_001),
    ]
  ) assert((await call("calculator", { expression })).startsWith("error: Cannot "), expression);
});

Deno.test("read_attachment lists, reads and searches", async () => {
  assertEquals(
    await call("read_attachment", {}),
    "notes.md: 39 characters, 6 lines\nlong.txt: 20000 characters, 1 lines",
  );
  assertStringIncludes(
    await call("read_attachment", { name: "NOTES" }),
    "characters 0 to 39 of 39\n\nalpha\nbeta",
  );
  const page = await call("read_attachment", { name: "long.txt" });
  assertStringIncludes(page, "go on with offset 16000");
  assertStringIncludes(
    await call("read_attachment", { name: "long.txt", offset: 16_000 }),
    "characters 16000 to 20000 of 20000\n",
  );
  assertEquals(
    await call("read_attachment", { query: "gamma" }),
    "notes.md, line 3:\nalpha\nbeta\nGamma ray\ndelta\nepsilon",
  );
  assertEquals(await call("read_attachment", { query: "omega" }), '"omega" was not found.');
  assertStringIncludes(
    await call("read_attachment", { name: "gone" }),
    "error: There is no attached file named gone; there are notes.md",
  );
  assertEquals(await call("read_attachment", {}, []), "No files are attached to this chat.");
});
