import * as esbuild from "esbuild";
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";

let running = 0;
let service: { process: ChildProcess; end: Promise<unknown> } | undefined;

/**
 * Runs a build. esbuild works in a process of its own, which ends with the last build that runs: this process could not end
 * before it otherwise, and tests would take it for a leak.
 */
export async function runEsbuild<Options extends esbuild.BuildOptions>(
  options: esbuild.SameShape<esbuild.BuildOptions, Options>,
): Promise<esbuild.BuildResult<Options>> {
  running++;
  try {
    return await noteService(() => esbuild.build(options));
  } finally {
    if (--running === 0) await stopService();
  }
}

/** Keeps the process that `start` makes: esbuild itself has no way to wait for its end. */
function noteService<T>(start: () => T): T {
  const note = (message: unknown) => {
    const { process } = message as { process: ChildProcess };
    service = { process, end: once(process, "exit") };
  };
  subscribe("child_process", note);
  try {
    return start();
  } finally {
    unsubscribe("child_process", note);
  }
}

async function stopService(): Promise<void> {
  const stopping = service;
  service = undefined;
  await esbuild.stop();
  // esbuild lets this process end before its own; here it is waited for.
  stopping?.process.ref();
  await stopping?.end;
}
