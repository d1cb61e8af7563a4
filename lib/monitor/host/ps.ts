import type { ServerProcess } from "../../shared/mod.ts";
import { mask } from "../logs/mask.ts";
import { serverOf } from "./model_servers.ts";

/** The arguments of `ps` on Linux and macOS alike; sizes come in units of 1,024 bytes. */
export const PS_ARGS = ["-axww", "-o", "pid=,pcpu=,rss=,etime=,args="];

const COMMAND_MAX_CHARS = 300;

/** Reads the processes of model servers out of what `ps` writes, the largest first. */
export function parsePs(text: string): ServerProcess[] {
  const found = text.split("\n").flatMap((line) => {
    const [, pid, cpu, rss, elapsed = "", command = ""] =
      line.match(/^\s*(\d+)\s+([\d.,]+)\s+(\d+)\s+([\d:.-]+)\s+(.+)$/) ?? [];
    const server = pid ? serverOf(command) : undefined;
    if (!server) return [];
    return {
      pid: Number(pid),
      server,
      command: mask(command).slice(0, COMMAND_MAX_CHARS),
      cpu: Number(cpu?.replace(",", ".")),
      memory: Number(rss) * 1024,
      elapsed,
    };
  });
  return found.sort((a, b) => b.memory - a.memory);
}
