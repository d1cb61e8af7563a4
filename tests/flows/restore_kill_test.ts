import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { digestStore, keys, openStore, records, resumeRestore } from "../../lib/store/mod.ts";
import { INSTALLED_PACKAGES } from "../installed_packages.ts";

const COMMAND = new URL("../../lib/app/backup_command.ts", import.meta.url);
/** Those of the tasks; with all of them SQLite would allow more. */
const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-write", "--allow-env", "--allow-sys"];
const MESSAGES = 6_000;

async function command(args: string[], data: string): Promise<{ success: boolean; text: string }> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", INSTALLED_PACKAGES, ...PERMISSIONS, "--no-check", COMMAND.href, ...args, "--data", data],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).output();
  return { success, text: new TextDecoder().decode(stdout) };
}

/** Restores from the command line, killed when something of the archive stands in the new store. */
async function killedRestore(file: string, data: string): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      INSTALLED_PACKAGES,
      ...PERMISSIONS,
      "--no-check",
      COMMAND.href,
      "restore",
      file,
      "--data",
      data,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.includes("restoring")) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
}

Deno.test("from the command line: back up, restore, and begin anew after SIGKILL in a restore", async () => {
  const folder = await Deno.makeTempDir();
  const [source, target, file] = [join(folder, "a"), join(folder, "b"), join(folder, "all.zip")];
  try {
    const store = await openStore({ folder: source });
    for (let i = 0; i < MESSAGES; i++) {
      const message = { id: `m${i}`, text: `${i} `.repeat(i % 90) } as never;
      await store.kv.set(
        keys.message("local", `c${i % 90}`, `m${i}`),
        store.encode(records.message, message),
      );
    }
    // The Freshet that has it open goes on.
    const backup = await command(["backup", file], source);
    assert(backup.success, backup.text);
    assertStringIncludes(backup.text, `${MESSAGES} records`);
    const expected = await digestStore(store);
    store.close();
    await killedRestore(file, target);
    let half = await openStore({ folder: target });
    const found = (await digestStore(half)).message?.count ?? 0;
    assert(found < MESSAGES && (await half.kv.get(keys.restoreState())).value, `${found} of ${MESSAGES}`);
    // What a start does: it goes on with the archive.
    const resumed = await resumeRestore(half, {});
    assertEquals(resumed?.outcome, "finished");
    assertEquals(await digestStore(half), expected);
    half.close();

    // Where the archive is gone, the store is empty again; and another restore begins anew by itself.
    const third = join(folder, "c");
    await killedRestore(file, third);
    await Deno.rename(file, `${file}.away`);
    half = await openStore({ folder: third });
    assertEquals((await resumeRestore(half, {}))?.outcome, "undone");
    assertEquals((await digestStore(half)).message?.count, 0);
    half.close();
    await killedRestore(`${file}.away`, third);
    const again = await command(["restore", `${file}.away`], third);
    assert(again.success, again.text);
    assertStringIncludes(again.text, "compared with the backup: all of it is there");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
