import { assertEquals } from "@std/assert";
import { sleep, systemClock } from "./clock.ts";
import { endLeftOver, familyOf, parseStat } from "./process_family.ts";

Deno.test("a family is a session with its groups and all that descends from it", () => {
  const entry = (pid: number, parent: number, group: number, session: number | undefined) => {
    return { pid, parent, group, session };
  };
  const processes = [
    entry(1, 0, 1, 1),
    entry(10, 1, 10, 10),
    entry(11, 10, 11, 10),
    entry(13, 12, 13, 13),
    entry(12, 11, 12, 12),
    entry(14, 1, 11, 10),
    entry(20, 1, 20, 20),
  ];
  assertEquals(familyOf(10, processes).toSorted(), [10, 11, 12, 13, 14]);
  // As `ps` lists them on other systems: groups, but no sessions.
  const unknown = processes.map((process) => ({ ...process, session: undefined }));
  assertEquals(familyOf(10, unknown).toSorted(), [10, 11, 12, 13]);
});

Deno.test("a line of /proc/PID/stat is read whatever the program is called", () => {
  const line = "42 (a) b (c) S 7 42 41 34816 42 4194304 0";
  assertEquals(parseStat(line), { pid: 42, parent: 7, group: 42, session: 41 });
});

const onLinux = { ignore: Deno.build.os !== "linux" };

/** A session of its own with one job in it; the job's number. The leader goes when `end` is called. */
async function startSession(job: string) {
  const script = `${job} >/dev/null 2>&1 & echo $!; exec 1>&-; read -r line`;
  const leader = new Deno.Command("setsid", {
    args: ["sh", "-c", script],
    env: { MARK: "ours" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const pid = Number(await new Response(leader.stdout).text());
  return {
    leader: leader.pid,
    job: pid,
    async end() {
      await leader.stdin.close();
      await leader.status;
    },
  };
}

Deno.test(
  "background jobs that outlive their terminal are ended by its mark, and a stranger with its number is not",
  onLinux,
  async () => {
    const { leader, job, end } = await startSession("sleep 60");
    await end();
    assertEquals(await endLeftOver(leader, { name: "MARK", value: "another" }), 0);
    assertEquals(await isRunning(job), true);
    assertEquals(await endLeftOver(leader, { name: "MARK", value: "ours" }), 1);
    // What is killed is gone a moment later.
    for (let tries = 0; tries < 100 && await isRunning(job); tries++) await sleep(systemClock, 20);
    assertEquals(await isRunning(job), false);
  },
);

Deno.test(
  "nothing is ended of a terminal that lives, as under a copy of its server's data",
  onLinux,
  async () => {
    const { leader, job, end } = await startSession("sleep 60");
    try {
      assertEquals(await endLeftOver(leader, { name: "MARK", value: "ours" }), 0);
      assertEquals([await isRunning(leader), await isRunning(job)], [true, true]);
    } finally {
      await end();
      Deno.kill(job, "SIGKILL");
    }
  },
);

Deno.test("what was told to stay when its terminal goes stays", onLinux, async () => {
  const { leader, job, end } = await startSession("nohup sleep 60");
  try {
    await end();
    assertEquals(await endLeftOver(leader, { name: "MARK", value: "ours" }), 0);
    assertEquals(await isRunning(job), true);
  } finally {
    Deno.kill(job, "SIGKILL");
  }
});

/** Whether a process is there and no zombie. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    return !/\) Z /.test(await Deno.readTextFile(`/proc/${pid}/stat`));
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
