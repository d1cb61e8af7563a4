import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { LocalSandbox } from "./local_sandbox.ts";
import { apiProject } from "./testing.ts";

const TEST = {
  path: "main_test.ts",
  content: `import app from "./main.ts";
Deno.test("answers", async () => {
  if ((await app.request("/")).status !== 200) throw new Error("no");
});
`,
};

/** What a project of somebody's may say; each would change what deno does below it. */
const ABOVE = {
  "deno.json": JSON.stringify({
    workspace: ["./other"],
    imports: { hono: "npm:hono@^4", "hono/": "npm:/hono@^4/" },
    compilerOptions: { lib: ["deno.worker"], noImplicitAny: true, types: ["./none.d.ts"] },
    lint: { exclude: ["."], rules: { exclude: ["no-dupe-keys"] } },
    test: { exclude: ["."] },
    exclude: ["."],
    nodeModulesDir: "manual",
  }),
  "package.json": JSON.stringify({ workspaces: ["packages/*"], dependencies: { none: "^99.0.0" } }),
  ".gitignore": "*\n",
  ".git/HEAD": "ref: refs/heads/main\n",
  "other/deno.json": "{}",
};

Deno.test("a data folder within a project of somebody's makes no difference to what is checked and run", async () => {
  const above = await Deno.makeTempDir({ prefix: "freshet-above-" });
  for (const [path, text] of Object.entries(ABOVE)) {
    await Deno.mkdir(join(above, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(above, path), text);
  }
  const sandbox = new LocalSandbox({ directory: join(above, "data", "sandbox") });
  try {
    assertEquals(await sandbox.availability(), { type: "ready" });
    const wrong = { path: "wrong.js", content: "export const a = { b: 1, b: 2 };\n" };
    const files = apiProject(undefined, TEST, wrong);
    const found: Record<string, string[]> = {};
    for await (const { check, outcome, problems } of sandbox.check(files, { kinds: ["api"] })) {
      found[check] = [outcome, ...problems.map(({ path = "", message }) => `${path}: ${message}`)];
    }
    assertEquals(found, {
      paths: ["passed"],
      parse: ["passed"],
      imports: ["passed"],
      types: ["passed"],
      lint: ["failed", "wrong.js: Duplicate key 'b' (no-dupe-keys)"],
      tests: ["passed"],
      start: ["passed"],
    });
  } finally {
    await sandbox.close();
    await Deno.remove(above, { recursive: true });
  }
});
