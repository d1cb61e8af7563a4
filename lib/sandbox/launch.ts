import type { Clock } from "../host/mod.ts";
import type { ProjectFile } from "../shared/mod.ts";
import { LocalProcess } from "./local_process.ts";
import type { Toolchain } from "./toolchain.ts";

const ATTEMPTS = 3;

/**
 * Starts the `main.ts` of an API project in a directory and on a port of its own, and waits until it listens or has ended.
 * Nothing may be launched whose imports were not checked.
 */
export async function launch(
  files: readonly ProjectFile[],
  toolchain: Toolchain,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<LocalProcess> {
  for (let attempt = 1;; attempt++) {
    const job = await toolchain.workspace.createJob(files);
    const process = new LocalProcess(job, freePort(), toolchain, clock);
    await process.whenStarted(signal);
    const isPortTaken = process.state === "exited" &&
      process.lines().some(({ text }) => text.includes("AddrInUse"));
    if (!isPortTaken || attempt === ATTEMPTS) return process;
  }
}

/** A port that is free now. Another program may take it before the process does, hence the attempts. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
