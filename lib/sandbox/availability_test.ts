import { assertEquals, assertStringIncludes } from "@std/assert";

/** What a Freshet that was started with these permissions says of its sandbox. */
async function availabilityWith(...permissions: string[]): Promise<{ type: string; reason?: string }> {
  const directory = await Deno.makeTempDir({ prefix: "freshet-sandbox-" });
  const script = `const { LocalSandbox } = await import(${JSON.stringify(import.meta.resolve("./mod.ts"))});
const sandbox = new LocalSandbox({ directory: ${JSON.stringify(directory)} });
console.log(JSON.stringify(await sandbox.availability()));
await sandbox.close();`;
  await Deno.writeTextFile(`${directory}.ts`, script);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--config",
      "deno.json",
      "--no-check",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      ...permissions,
      `${directory}.ts`,
    ],
    cwd: new URL("../../", import.meta.url).pathname,
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(`${directory}.ts`);
  await Deno.remove(directory, { recursive: true });
  const [line = ""] = new TextDecoder().decode(stdout).split("\n");
  if (!line) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(line);
}

Deno.test("is missing without the right to start programs, and names the flag", async () => {
  const { type, reason = "" } = await availabilityWith();
  assertEquals(type, "missing");
  assertStringIncludes(reason, "--allow-run=deno");
});

Deno.test({
  name: "is missing where memory cannot be limited",
  ignore: Deno.build.os === "windows",
  async fn() {
    const { type, reason = "" } = await availabilityWith(`--allow-run=${Deno.execPath()}`);
    assertEquals(type, "missing");
    assertStringIncludes(reason, "/bin/sh");
  },
});

Deno.test("is ready with the two programs it needs", async () => {
  assertEquals(await availabilityWith(`--allow-run=${Deno.execPath()},/bin/sh`), { type: "ready" });
});
