import { attachSnapshot, snapshotOf } from "fresh/internal";
import { ensureBuild } from "../lib/app/build_stamp.ts";
import { app } from "./built_app.ts";
import { underLock } from "./lock.ts";

const ROOT = new URL("../", import.meta.url).pathname;
/** Apart from the build that is started. */
const FOLDER = "_fresh/tests";
/** Set once it was looked whether the build is of these sources; the environment is what test files share that run together. */
const ENSURED = "FRESHET_TESTS_BUILT";

let built: Promise<(app: object) => void> | undefined;

/** Gives apps their islands and routes. They are bundled once for all test files, and anew when a source has changed. */
export function attachBuild(): Promise<(app: object) => void> {
  return built ??= build();
}

async function build(): Promise<(app: object) => void> {
  await underLock("build", async () => {
    if (Deno.env.has(ENSURED)) return;
    await ensureBuild(ROOT, { force: false, folder: FOLDER }, async () => {
      // Loaded by the one test file that builds, not by each that starts an app.
      const { createBuilder } = await import("../dev.ts");
      await createBuilder({ outDir: FOLDER, serverEntry: "tests/built_app.ts" }).build();
    });
    Deno.env.set(ENSURED, "1");
  });
  await import(new URL(`../${FOLDER}/server.js`, import.meta.url).href);
  const snapshot = snapshotOf(app);
  if (!snapshot) throw new Error("Cannot give apps a build: it is not attached to its own");
  return (app) => attachSnapshot(app, snapshot);
}
