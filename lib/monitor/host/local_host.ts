import { cpus } from "node:os";
import type { MemoryState } from "../../shared/mod.ts";
import { GpuReader } from "../gpu/gpu_reader.ts";
import { parseDf } from "./df.ts";
import { MissingError } from "./missing_error.ts";
import { NETSTAT_ARGS, parseNetstat } from "./netstat.ts";
import { parseProcNetDev } from "./proc_net_dev.ts";
import { parsePs, PS_ARGS } from "./ps.ts";
import { type RunTool, runTool } from "./run_tool.ts";
import type { NetworkCounter, SystemHost } from "./system_host.ts";
import { windowsDisks, windowsNetwork, windowsProcesses } from "./windows.ts";

const PROC_NET_DEV = "/proc/net/dev";

/**
 * The machine that Freshet runs on. CPU and memory come from Deno; the rest from small programs that Linux and macOS have, and
 * on Windows from npm:systeminformation.
 */
export function localHost(os: typeof Deno.build.os = Deno.build.os, run: RunTool = runTool): SystemHost {
  const gpus = new GpuReader(os, run);
  return {
    identity: () => ({ name: hostname(), os, arch: Deno.build.arch }),
    cpu,
    memory,
    gpu: () => gpus.read(),
    disks: async () => os === "windows" ? await windowsDisks() : parseDf(await run("df", ["-kP"])),
    network: () => networkOf(os, run),
    processes: async () => os === "windows" ? await windowsProcesses() : parsePs(await run("ps", PS_ARGS)),
  };
}

function hostname(): string {
  try {
    return Deno.hostname();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return "localhost";
    throw error;
  }
}

function cpu(): ReturnType<SystemHost["cpu"]> {
  return Promise.try(() => {
    const all = cpus();
    // Without the permission the list is empty and nothing is thrown.
    if (all.length === 0) throw new MissingError("permission", "--allow-sys=cpus");
    const cores = all.map(({ times }) => {
      const total = times.user + times.nice + times.sys + times.idle + times.irq;
      return { busy: total - times.idle, total };
    });
    const load = Deno.build.os === "windows" ? null : Deno.loadavg();
    return { model: all[0]?.model.trim() ?? "", cores, load };
  });
}

function memory(): Promise<MemoryState> {
  return Promise.try(() => {
    const { total, available, swapTotal, swapFree } = Deno.systemMemoryInfo();
    return { total, used: total - available, swapTotal, swapUsed: swapTotal - swapFree };
  });
}

async function networkOf(os: typeof Deno.build.os, run: RunTool): Promise<NetworkCounter[]> {
  if (os === "windows") return await windowsNetwork();
  return os === "linux" ? await linuxNetwork(run) : parseNetstat(await run("netstat", NETSTAT_ARGS));
}

/** Deno reads `/proc` only where it may do everything; `cat` needs no more than the permission to run it. */
async function linuxNetwork(run: RunTool): Promise<NetworkCounter[]> {
  try {
    return parseProcNetDev(await Deno.readTextFile(PROC_NET_DEV));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    return parseProcNetDev(await run("cat", [PROC_NET_DEV]));
  }
}
