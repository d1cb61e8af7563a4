import type { ServerProcess } from "../../shared/mod.ts";
import { mask } from "../logs/mask.ts";
import { serverOf } from "./model_servers.ts";

const COMMAND_MAX_CHARS = 300;

/** The processes of model servers on Windows, where there is no `ps`. */
export async function windowsProcesses(): Promise<ServerProcess[]> {
  const { processes } = await import("systeminformation");
  const { list } = await processes();
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
