import { kill } from "node:process";
import { sleep, systemClock } from "./clock.ts";

/** A process as the system lists it. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  /** The process group. */
  group: number;
  /** The session, which is a terminal's; undefined where the system does not tell. */
  session: number | undefined;
}

/** ms between the order to end and the end by force. */
const GRACE_MS = 500;
const POLL_MS = 25;

/**
 * Ends a session of processes for good: its leader, all of its groups, background jobs too, and what descends from them. They
 * are told to hang up first, and killed half a second later where they are still there. What left the session and its family
 * (`setsid`, tmux, services) stays.
 */
export async function endSession(leader: number): Promise<void> {
  const processes = await listProcesses();
  const isListed = new Set(processes.map(({ pid }) => pid));
  // A leader that is gone may have given its number to a stranger, unless members of its session still bear it.
  const members = familyOf(leader, processes).filter((pid) => processes.length === 0 || isListed.has(pid));
  if (members.length === 0) return;
  signal(-leader, "SIGHUP");
  for (const pid of members) signal(pid, "SIGHUP");
  // A stopped job hears nothing until it goes on.
  for (const pid of members) signal(pid, "SIGCONT");
  for (let waited = 0; waited < GRACE_MS; waited += POLL_MS) {
    if (members.every((pid) => !isThere(pid))) break;
    await sleep(systemClock, POLL_MS);
  }
  // New ones may have come meanwhile; a process that is gone may have given its number to a stranger.
  const left = new Set(members);
  for (const { pid, session, group } of await listProcesses()) {
    if (session === leader || group === leader) left.add(pid);
  }
  for (const pid of left) signal(pid, "SIGKILL");
}

/**
 * Ends what is left of a session of processes whose leader died with its terminal: background jobs that the hang-up did not
 * reach. A number may have gone to a stranger since, so only processes that bear the variable `mark` in their environment are
 * taken. Nothing is ended where the leader lives: then its terminal does, in another server that has the same records (a copy
 * of a data folder). What ignores hang-ups (`nohup`) was meant to stay, as what has left the session was. Only Linux tells all
 * that; elsewhere, and without the permission to ask, nothing is ended. Returns how many were.
 */
export async function endLeftOver(
  leader: number,
  mark: { name: string; value: string },
): Promise<number> {
  if (Deno.build.os !== "linux") return 0;
  try {
    if (await lives(leader)) return 0;
    const left: number[] = [];
    for (const { pid, session } of await fromProc()) {
      if (session === leader && await bears(pid, mark) && !await ignoresHangUp(pid)) left.push(pid);
    }
    for (const pid of left) signal(pid, "SIGHUP");
    for (const pid of left) signal(pid, "SIGCONT");
    for (let waited = 0; waited < GRACE_MS && left.some(isThere); waited += POLL_MS) {
      await sleep(systemClock, POLL_MS);
    }
    for (const pid of left) if (await bears(pid, mark)) signal(pid, "SIGKILL");
    return left.length;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return 0;
    throw error;
  }
}

/** Whether a process is there and no zombie, which nobody may ever ask for in a container. */
async function lives(pid: number): Promise<boolean> {
  try {
    return !/\) [ZX] [^)]*$/.test(await Deno.readTextFile(`/proc/${pid}/stat`));
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** The mask of ignored signals in `/proc/PID/status` (proc_pid_status(5)); its lowest bit is SIGHUP's. */
async function ignoresHangUp(pid: number): Promise<boolean> {
  try {
    const [, mask = "0"] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(await Deno.readTextFile(`/proc/${pid}/status`)) ??
      [];
    return (Number.parseInt(mask.slice(-1), 16) & 1) === 1;
  } catch (error) {
    if (isGone(error)) return true;
    throw error;
  }
}

async function bears(pid: number, { name, value }: { name: string; value: string }): Promise<boolean> {
  try {
    return (await Deno.readTextFile(`/proc/${pid}/environ`)).split("\0").includes(`${name}=${value}`);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** The leader and all that belong to it, by session or by descent. */
export function familyOf(leader: number, processes: readonly ProcessEntry[]): number[] {
  const family = new Set<number>([leader]);
  for (const { pid, group, session } of processes) {
    if (session === leader || group === leader) family.add(pid);
  }
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

/** All processes of this host, as far as they can be listed: from /proc, or else by `ps`. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (Deno.build.os === "linux") {
    try {
      return await fromProc();
    } catch (error) {
      // Reading /proc takes all permissions.
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
    }
  }
  return await fromPs();
}

async function fromProc(): Promise<ProcessEntry[]> {
  const found: ProcessEntry[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      found.push(parseStat(await Deno.readTextFile(`/proc/${name}/stat`)));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return found;
}

/** A line of `/proc/PID/stat` (proc_pid_stat(5)); the program's name may hold blanks and brackets. */
export function parseStat(line: string): ProcessEntry {
  const rest = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return {
    pid: Number.parseInt(line),
    parent: Number(rest[1]),
    group: Number(rest[2]),
    session: Number(rest[3]),
  };
}

async function fromPs(): Promise<ProcessEntry[]> {
  try {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-A", "-o", "pid=,ppid=,pgid="],
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout).split("\n").flatMap((line) => {
      const [pid, parent, group] = line.trim().split(/\s+/).map(Number);
      return pid && parent !== undefined && group !== undefined
        ? [{ pid, parent, group, session: undefined }]
        : [];
    });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return [];
    throw error;
  }
}

function isThere(pid: number): boolean {
  return signal(pid, 0);
}

/** Sends a signal, 0 for none; false where nobody is there to hear it, or it may not be sent. */
function signal(pid: number, name: Deno.Signal | 0): boolean {
  try {
    kill(pid, name);
    return true;
  } catch (error) {
    if (isUnheard(error)) return false;
    throw error;
  }
}

function isUnheard(error: unknown): boolean {
  if (error instanceof Deno.errors.NotCapable) return true;
  const { code } = error as { code?: unknown };
  return code === "ESRCH" || code === "EPERM";
}

/** Processes come and go while they are listed. */
function isGone(error: unknown): boolean {
  if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return true;
  return error instanceof Error && /ESRCH|No such process/.test(error.message);
}
