import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { CheckResult, ProjectFile } from "../shared/mod.ts";
import { apiProject, checkOne, createTestSandbox } from "./testing.ts";

const { sandbox, close } = await createTestSandbox();
Deno.test.afterAll(close);

const TEST = {
  path: "main_test.ts",
  content: `import assert from "node:assert/strict";
import app from "./main.ts";

Deno.test("answers", async () => {
  assert.equal(await (await app.request("/")).text(), "hello");
});
`,
};
const PAGE: ProjectFile[] = [
  {
    path: "index.html",
    content:
      `<!doctype html>\n<link rel="stylesheet" href="style.css">\n<script type="module" src="./app.ts"></script>\n`,
  },
  { path: "style.css", content: "body { color: red; }\n" },
  { path: "app.ts", content: `document.title = "x" as string;\n` },
];

function assertFailed(result: CheckResult, ...problems: Partial<CheckResult["problems"][number]>[]): void {
  assertEquals(result.outcome, "failed", JSON.stringify(result));
  const relevant = result.problems.map(({ path, line, column }) => ({ path, line, column }));
  assertEquals(relevant, problems.map(({ path, line, column }) => ({ path, line, column })));
  problems.forEach(({ message = "" }, i) => assertStringIncludes(result.problems[i]?.message ?? "", message));
}

function assertPassed(result: CheckResult): void {
  assertEquals({ outcome: result.outcome, problems: result.problems }, { outcome: "passed", problems: [] });
}

Deno.test("a sound API project passes all checks", async () => {
  const results: CheckResult[] = [];
  for await (const result of sandbox.check(apiProject(undefined, TEST), { kinds: ["api"] })) {
    results.push(result);
  }
  assertEquals(
    Object.fromEntries(results.map(({ check, outcome, problems }) => [check, [outcome, ...problems]])),
    Object.fromEntries(
      ["paths", "parse", "imports", "types", "lint", "tests", "start"].map((check) => [check, ["passed"]]),
    ),
  );
});

Deno.test("a sound page passes, and what has nothing to do is skipped with a reason", async () => {
  const results: CheckResult[] = [];
  for await (const result of sandbox.check(PAGE, { kinds: ["ui"] })) results.push(result);
  const outcomes = Object.fromEntries(
    results.map(({ check, outcome, message }) => [check, message ?? outcome]),
  );
  assertEquals(outcomes, {
    paths: "passed",
    parse: "passed",
    imports: "passed",
    types: "passed",
    lint: "passed",
    tests: "There are no tests",
    start: "passed",
  });
});

Deno.test("paths: refuses what leads elsewhere, and stops there", async () => {
  for (
    const path of [
      "../x.ts",
      "/etc/x.ts",
      "a\\b.ts",
      "C:/x.ts",
      "a/../../x.ts",
      "a\0.ts",
      "node_modules/hono/index.js",
    ]
  ) {
    const results: CheckResult[] = [];
    const files = [{ path, content: "" }];
    for await (const result of sandbox.check(files, { kinds: ["api"] })) results.push(result);
    assertEquals(results.map(({ outcome }) => outcome), ["failed", ...Array(6).fill("skipped")], path);
    assertEquals(results[0]?.problems.map((problem) => problem.path), [path]);
  }
});

Deno.test("paths: refuses two files in one place", async () => {
  const result = await checkOne(sandbox, "paths", [
    { path: "A.ts", content: "" },
    { path: "a.ts", content: "" },
    { path: "b", content: "" },
    { path: "b/c.ts", content: "" },
  ]);
  assertFailed(result, { path: "a.ts", message: "same file as A.ts" }, {
    path: "b/c.ts",
    message: "beside b",
  });
});

Deno.test("parse: finds what cannot be parsed, with its place", async () => {
  const result = await checkOne(sandbox, "parse", [
    { path: "a.ts", content: "const ok = 1;\nconst a = ;\n" },
    { path: "b.json", content: `{ "a": 1,\n}` },
    { path: "c.css", content: "body {\n  color: red;\n" },
    { path: "d.html", content: "<p>text</p>\n<!-- never closed" },
    { path: "e.html", content: "<p>\n<script>\nlet x = ;\n</script>\n" },
    { path: "fine.md", content: "# ``` {" },
  ]);
  assertEquals(result.outcome, "failed");
  const places = result.problems.map(({ path, line, column }) => `${path}:${line}:${column}`).sort();
  assertEquals(places, ["a.ts:2:11", "b.json:2:1", "c.css:1:6", "d.html:2:18", "e.html:3:9"]);
});

Deno.test("imports: finds files that are not there and says which was meant", async () => {
  const result = await checkOne(sandbox, "imports", [
    { path: "main.ts", content: `import "./store";\nimport "./nope.ts";\nimport "preact";\n` },
    { path: "store.ts", content: "" },
  ]);
  assertFailed(
    result,
    { path: "main.ts", line: 1, column: 8, message: `"./store.ts"` },
    { path: "main.ts", line: 2, column: 8, message: "there is no such file" },
    { path: "main.ts", line: 3, column: 8, message: "only files of the project" },
  );
});

Deno.test("types: finds an error with its place, and what a browser could not run", async () => {
  const wrong = apiProject(`app.get("/", (c) => c.text(String(1 * "x")));`);
  const [problem] = (await checkOne(sandbox, "types", wrong)).problems;
  assertEquals([problem?.path, problem?.line], ["main.ts", 4]);
  assertStringIncludes(problem?.message ?? "", "TS2363");
  assert(!problem?.message.includes("~"), problem?.message);
  const page = [...PAGE.slice(0, 2), { path: "app.ts", content: "enum A { X }\nconsole.log(A.X);\n" }];
  assertFailed(await checkOne(sandbox, "types", page, ["ui"]), {
    path: "app.ts",
    line: 1,
    column: 6,
    message: "erasable",
  });
});

Deno.test("lint: finds mistakes and leaves style alone", async () => {
  assertFailed(
    await checkOne(sandbox, "lint", [{ path: "a.js", content: "export const a = { b: 1, b: 2 };\n" }]),
    { path: "a.js", line: 1, column: 18, message: "no-dupe-keys" },
  );
  const style = `let unused: any = 1;\ntry { window.alert(); } catch {}\nexport async function f() {}\n`;
  assertPassed(await checkOne(sandbox, "lint", [{ path: "a.ts", content: style }]));
});

Deno.test("tests: says which test fails and why", async () => {
  const failing = { ...TEST, content: TEST.content.replace("hello", "bye") };
  assertFailed(
    await checkOne(sandbox, "tests", apiProject(undefined, failing)),
    { path: "main_test.ts", line: 4, column: 6, message: `Test "answers" fails: AssertionError` },
  );
  assertPassed(await checkOne(sandbox, "tests", apiProject(undefined, TEST)));
});

Deno.test("start: says why an API does not start", async () => {
  const result = await checkOne(sandbox, "start", apiProject(`throw new Error("no luck");`));
  assertFailed(result, { path: "main.ts", message: "no luck" });
  assert(!result.problems[0]?.message.includes("/tmp/"), result.problems[0]?.message);
  assertFailed(await checkOne(sandbox, "start", [{ path: "other.ts", content: "" }]), {
    message: "no main.ts",
  });
});

Deno.test("start: an API that answers with an error answers", async () => {
  assertPassed(await checkOne(sandbox, "start", apiProject(`app.get("/x", (c) => c.text("x"));`)));
});

Deno.test("start: everything a page names must be there", async () => {
  const files = [{
    path: "index.html",
    content:
      `<img src="data:image/png;base64,AA==">\n<script src="https://cdn.test/x.js"></script>\n<img src="a.png?v=1">\n`,
  }];
  assertFailed(
    await checkOne(sandbox, "start", files, ["ui"]),
    { path: "index.html", line: 2, column: 1, message: "from the network" },
    { path: "index.html", line: 3, column: 1, message: "no such file" },
  );
  assertFailed(await checkOne(sandbox, "start", [], ["ui"]), { message: "There is no index.html" });
});

Deno.test("problems are bounded and tell no path of the host", async () => {
  const content = Array.from({ length: 200 }, (_, i) => `export const a${i}: number = "${"x".repeat(900)}";`)
    .join("\n");
  const { problems } = await checkOne(sandbox, "types", [{ path: "a.ts", content }]);
  assertEquals(problems.length, 50);
  assert(problems.every(({ message }) => message.length <= 400 && !message.includes("freshet-sandbox-")));
  assertStringIncludes(problems[49]?.message ?? "", "and 151 more");
});

Deno.test("an abort ends the checks and leaves nothing behind", async () => {
  const abort = new AbortController();
  const endless = { path: "a_test.ts", content: "for (;;);" };
  const checks = sandbox.check([endless], {
    kinds: ["api"],
    checks: ["imports", "tests"],
    signal: abort.signal,
  });
  const seen: string[] = [];
  let thrown: unknown;
  try {
    for await (const { check } of checks) {
      seen.push(check);
      abort.abort(new Error("enough"));
    }
  } catch (error) {
    thrown = error;
  }
  assertEquals([seen, (thrown as Error).message], [["imports"], "enough"]);
});
