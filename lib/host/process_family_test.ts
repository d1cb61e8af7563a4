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

Deno.test({
  name:
    "background jobs that outlive their terminal are ended by its mark, and a stranger with its number is not",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const script = "trap '' HUP; sleep 60 >/dev/null 2>&1 & echo $!; exec 1>&-; read -r line";
    const started = new Deno.Command("setsid", {
      args: ["sh", "-c", script],
      env: { MARK: "ours" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const job = Number(await new Response(started.stdout).text());
    await started.stdin.close();
    await started.status;
    assertEquals(await endLeftOver(started.pid, { name: "MARK", value: "another" }), 0);
    assertEquals(await isRunning(job), true);
    assertEquals(await endLeftOver(started.pid, { name: "MARK", value: "ours" }), 1);
    // What is killed is gone a moment later.
    for (let tries = 0; tries < 100 && await isRunning(job); tries++) await sleep(systemClock, 20);
    assertEquals(await isRunning(job), false);
  },
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
