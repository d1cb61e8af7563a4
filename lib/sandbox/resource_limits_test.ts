import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { allLines, apiProject, ask, checkOne, createTestSandbox, probeProject } from "./testing.ts";

const { sandbox, close } = await createTestSandbox();
Deno.test.afterAll(close);

Deno.test("a heap bomb ends its own process only", async () => {
  const process = await sandbox.start(apiProject(
    `app.get("/", () => { const all: unknown[] = []; for (;;) all.push(Array.from({ length: 1000 }, (_, i) => ({ i }))); });`,
  ));
  await assertRejects(() => ask(process), FreshetError, "not running");
  assertEquals((await process.exited).reason, "it ran out of memory");
});

Deno.test("a bomb of ArrayBuffers gets no more than its limit", async () => {
  const process = await sandbox.start(probeProject(
    `const all: Uint8Array[] = []; for (let i = 0; i < 4_000; i++) all.push(new Uint8Array(1 << 20).fill(1)); return all.length;`,
  ));
  const ended = await ask(process).catch((error: FreshetError) => error.code);
  assertMatch(ended, /^(?:threw RangeError|unavailable)/);
  await process.stop();
});

Deno.test("an endless loop while starting is ended", async () => {
  const { sandbox, close } = await createTestSandbox({ startMs: 300 });
  try {
    const process = await sandbox.start(apiProject("for (;;);"));
    assertStringIncludes((await process.exited).reason, "did not listen within 0.3 s");
  } finally {
    await close();
  }
});

Deno.test("an endless loop in an answer is ended", async () => {
  const { sandbox, close } = await createTestSandbox({ answerMs: 300 });
  try {
    const process = await sandbox.start(apiProject(`app.get("/", () => { for (;;); });`));
    await assertRejects(() => ask(process), FreshetError, "does not answer");
    assertStringIncludes((await process.exited).reason, "did not answer within 0.3 s");
  } finally {
    await close();
  }
});

Deno.test("an endless loop in a test is ended", async () => {
  const { sandbox, close } = await createTestSandbox({ checkMs: 3_000 });
  try {
    const result = await checkOne(
      sandbox,
      "tests",
      apiProject("", { path: "a_test.ts", content: "for (;;);" }),
    );
    assertStringIncludes(result.problems[0]?.message ?? "", "did not end within 3 s");
  } finally {
    await close();
  }
});

Deno.test("a flood of output is cut", async () => {
  const { sandbox, close } = await createTestSandbox({ logBytes: 10_000 });
  try {
    const process = await sandbox.start(apiProject(
      `app.get("/", (c) => { for (let i = 0; i < 5_000; i++) console.log("x".repeat(100)); console.log("y".repeat(1e6)); return c.text(""); });`,
    ));
    await ask(process);
    await process.stop();
    const lines = await allLines(process);
    assert(lines.length < 60 && lines.every(({ text }) => text.length <= 8_000), String(lines.length));
    const flood = { path: "a_test.ts", content: `for (;;) console.log("x".repeat(1e5));` };
    assertStringIncludes(
      (await checkOne(sandbox, "tests", apiProject("", flood))).problems[0]?.message ?? "",
      "too much",
    );
  } finally {
    await close();
  }
});
