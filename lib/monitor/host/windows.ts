import type { DiskState, ServerProcess } from "../../shared/mod.ts";
import { mask } from "../logs/mask.ts";
import { MissingError } from "./missing_error.ts";
import { serverOf } from "./model_servers.ts";
import type { NetworkCounter } from "./system_host.ts";

const COMMAND_MAX_CHARS = 300;

/**
 * Windows has no small programs to ask, so npm:systeminformation asks its PowerShell. It is loaded when it is first needed, and
 * only where it may do all that it does: what it is refused it throws where nobody can catch it, which would end the process.
 */
async function library() {
  for (const name of ["run", "sys", "read", "env"] as const) {
    if ((await Deno.permissions.query({ name })).state === "granted") continue;
    throw new MissingError("permission", `--allow-${name}`);
  }
  return await import("systeminformation");
}

/** The drives. */
export async function windowsDisks(): Promise<DiskState[]> {
  const all = await (await library()).fsSize();
  return all.filter(({ size }) => size > 0)
    .map(({ mount, fs, size, used }) => ({ mount, device: fs, total: size, used }));
}

/** What the network interfaces have moved. */
export async function windowsNetwork(): Promise<NetworkCounter[]> {
  const all = await (await library()).networkStats("*");
  return all.map(({ iface, rx_bytes, tx_bytes }) => ({ name: iface, received: rx_bytes, sent: tx_bytes }));
}

/** The processes of model servers, the largest first. */
export async function windowsProcesses(): Promise<ServerProcess[]> {
  const { list } = await (await library()).processes();
  const found = list.flatMap(({ pid, name, command, params, cpu, memRss, started }) => {
    const line = `${command || name} ${params}`.trim();
    const server = serverOf(name) ?? serverOf(line);
    if (!server) return [];
    return {
      pid,
      server,
      command: mask(line).slice(0, COMMAND_MAX_CHARS),
      cpu,
      memory: memRss * 1024,
      elapsed: started,
    };
  });
  return found.sort((a, b) => b.memory - a.memory);
}
