import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { FreshetError, type ProjectFile } from "../shared/mod.ts";
import { apiProject, checkOne, createSecrets, createTestSandbox } from "./testing.ts";

const { sandbox, close } = await createTestSandbox();
const secretDirectory = await createSecrets();

Deno.test.afterAll(async () => {
  await close();
  await Deno.remove(secretDirectory, { recursive: true });
});

async function assertImportRefused(code: string, message: string, ...more: ProjectFile[]): Promise<void> {
  const files = apiProject("", { path: "extra.ts", content: code }, ...more);
  const { outcome, problems } = await checkOne(sandbox, "imports", files);
  assertEquals(outcome, "failed");
  assertStringIncludes(problems[0]?.message ?? "", message);
  assert(!JSON.stringify(problems).includes("SECRET"));
  await assertRejects(() => sandbox.start(files), FreshetError, "Cannot import");
}

const STATIC: Record<string, [code: string, message: string, ...more: ProjectFile[]]> = {
  "text of a file": [
    `import x from "/etc/passwd" with { type: "text" };\nexport default x;`,
    "outside of the project",
  ],
  "bytes of a file": [
    `import x from "/etc/passwd" with { type: "bytes" };\nexport default x;`,
    "outside of the project",
  ],
  "JSON of a file": [
    `import x from "file://${secretDirectory}/secret.json" with { type: "json" };\nexport default x;`,
    "outside",
  ],
  "a module above": [`export * from "../../../x.ts";`, "outside of the project"],
  "a module by URL": [`import "file://${secretDirectory}/secret.ts";`, "outside of the project"],
  "a dynamic literal": [
    `export const x = await import("/etc/passwd", { with: { type: "text" } });`,
    "outside",
  ],
  "encoded slashes": [
    `import x from "./..%2f..%2f..%2f..%2f..%2fetc%2fpasswd" with { type: "text" };\nexport default x;`,
    "outside",
  ],
  "encoded backslashes": [
    `import x from "./..%5c..%5cpasswd" with { type: "text" };\nexport default x;`,
    "outside",
  ],
  "types of a file": [
    `import type { X } from "${secretDirectory}/secret.ts";\nexport type Y = X;`,
    "outside",
  ],
  "a type import": [`export type X = import("${secretDirectory}/secret.ts").X;`, "outside"],
  "a reference path": [`/// <reference path="${secretDirectory}/secret.ts" />\nexport {};`, "outside"],
  "a reference of types": [`/// <reference types="${secretDirectory}/secret.ts" />\nexport {};`, "outside"],
  "a types pragma": [`// @deno-types="${secretDirectory}/secret.ts"\nimport "./a.js";`, "outside", {
    path: "a.js",
    content: "",
  }],
  "own types of a file": [`import "./a.js";`, "outside", {
    path: "a.js",
    content: `// @ts-self-types="${secretDirectory}/secret.ts"\n`,
  }],
  "a remote module": [`import "https://example.com/x.ts";`, "nothing can be loaded from the network"],
  "a remote module, unencrypted": [
    `import "http://example.com/x.ts";`,
    "nothing can be loaded from the network",
  ],
  "an npm package": [`import "npm:left-pad@1";`, "only package"],
  "a JSR package": [`import "jsr:@std/assert";`, "only package"],
  "a data URL": [`import "data:text/javascript,import%20'file:///etc/passwd'";`, "only files of the project"],
  "a blob URL": [`import "blob:null/1";`, "only files of the project"],
  "a module of Node with powers": [`import "node:child_process";`, "may not use this module of Node"],
  "types in a JSDoc comment": [`import "./a.js";`, "outside", {
    path: "a.js",
    content: `/** @type {import("${secretDirectory}/secret.ts").X} */\nexport const a = 1;\n`,
  }],
  "require": [`import "./a.cjs";`, "outside", {
    path: "a.cjs",
    content: `module.exports = require("${secretDirectory}/secret.json");`,
  }],
  "a JSX runtime": [`import "./a.tsx";`, "outside", {
    path: "a.tsx",
    content: `/** @jsxImportSource ${secretDirectory} */\nexport const a = <p />;\n`,
  }],
  "a WebAssembly module": [`import source x from "${secretDirectory}/x.wasm";\nconsole.log(x);`, "outside"],
  "a name mapped by the project": [`import "evil";`, "only files of the project", {
    path: "deno.json",
    content: JSON.stringify({ imports: { evil: `file://${secretDirectory}/secret.ts` } }),
  }],
};

for (const [name, args] of Object.entries(STATIC)) {
  Deno.test(`import refused: ${name}`, () => assertImportRefused(...args));
}

Deno.test("import refused: from a test, before the test runs", async () => {
  const content = `import x from "${secretDirectory}/secret.txt" with { type: "text" };\nthrow new Error(x);`;
  const { outcome, message } = await checkOne(
    sandbox,
    "tests",
    apiProject("", { path: "a_test.ts", content }),
  );
  assertEquals([outcome, message], ["skipped", "The project imports what it must not"]);
});
