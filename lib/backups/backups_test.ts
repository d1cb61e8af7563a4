import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { type BackupSchedule, FreshetError } from "../shared/mod.ts";
import { localPrincipal } from "../access/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { keys, openStore, records, type Store } from "../store/mod.ts";
import { Backups } from "./backups.ts";
import { nextTime } from "./due.ts";
import { SCHEDULE } from "./records.ts";

const DAILY: BackupSchedule = {
  every: "day",
  time: "03:00",
  weekday: 1,
  keep: 2,
  folder: "",
  withFiles: false,
};
const HOUR = 3_600_000;
/** Noon by the clock on the wall. */
const NOON = new Date(2026, 10, 21, 12, 0).getTime();

interface Bench {
  store: Store;
  clock: FakeClock;
  backups: Backups;
  folder: string;
  turns: string[];
  /** Sessions that restores were told of. */
  restorers: (string | undefined)[];
  another(store?: Store): Backups;
  origins(): Promise<string[]>;
}

function backupsTest(name: string, test: (bench: Bench) => Promise<void>): void {
  Deno.test(name, async () => {
    const folder = join(await Deno.makeTempDir(), "backups");
    const store = await openStore({ folder: ":memory:" });
    await store.kv.set(keys.chat("local", "c"), store.encode(records.chat, { id: "c" } as never));
    const clock = new FakeClock(NOON);
    const turns: string[] = [];
    const restorers: (string | undefined)[] = [];
    const data = join(folder, "..", "data");
    const made: Backups[] = [];
    const another = (other = store) => {
      const backups = new Backups({
        store: other,
        clock,
        log: silentLog,
        folder,
        files: { data, trash: join(data, "trash"), beside: `${data}-files`, mayHold: () => true },
        version: "0",
        onTurn: (state) => turns.push(state),
        onRestored: (sessionId) => Promise.resolve(void restorers.push(sessionId)),
      });
      made.push(backups);
      return backups;
    };
    const backups = another();
    try {
      const origins = async () => (await backups.view(localPrincipal)).backups.map(({ origin }) => origin);
      await test({ store, clock, backups, folder, turns, restorers, another, origins });
    } finally {
      for (const one of made) await one.close();
      store.close();
      await Deno.remove(join(folder, ".."), { recursive: true });
    }
  });
}

Deno.test("a schedule is due by the clock on the wall", () => {
  const at = (schedule: Partial<BackupSchedule>, after = NOON) => {
    const time = nextTime({ ...DAILY, ...schedule }, after);
    return time === null ? null : (time - after) / HOUR;
  };
  assertEquals(at({}), 15);
  assertEquals(at({ time: "12:30" }), 0.5);
  assertEquals(at({ every: "hour", time: "03:15" }), 0.25);
  assertEquals(at({ every: "week", weekday: 0, time: "12:00" }), 24);
  assertEquals(at({ every: "off" }), null);
});

backupsTest("scheduled backups are made when they are due, and the newest stay", async (bench) => {
  const { backups, clock } = bench;
  await backups.setSchedule(localPrincipal, DAILY);
  await backups.create(localPrincipal);
  await backups.look();
  assertEquals(await bench.origins(), ["manual"]);
  for (let day = 0; day < 3; day++) {
    await clock.advance(24 * HOUR);
    await backups.look();
    await backups.look();
  }
  assertEquals(await bench.origins(), ["schedule", "schedule", "manual"]);
  const { status, backups: [latest] } = await backups.view(localPrincipal);
  assertEquals([status.problem, status.lastAt], [null, clock.now()]);
  assert(latest?.check && latest.check.problem === undefined);
});

backupsTest("what was missed while the process was off is made up for, after the start", async (bench) => {
  const { backups, clock } = bench;
  await backups.setSchedule(localPrincipal, DAILY);
  await clock.advance(5 * 24 * HOUR);
  const next = bench.another();
  next.start();
  await clock.advance(60_000);
  assertEquals(await bench.origins(), []);
  await clock.advance(61_000);
  await next.look();
  assertEquals(await bench.origins(), ["schedule"]);
});

backupsTest("a failure is told of once, tried again later, and told when it is over", async (bench) => {
  const { backups, clock, folder, turns } = bench;
  await backups.setSchedule(localPrincipal, DAILY);
  await Deno.remove(folder, { recursive: true });
  await Deno.writeTextFile(folder, "in the way");
  await clock.advance(16 * HOUR);
  await backups.look();
  await clock.advance(60_000);
  await backups.look();
  await clock.advance(15 * 60_000);
  await backups.look();
  const { status, folderProblem } = await backups.view(localPrincipal);
  assertStringIncludes(status.problem?.message ?? "", "Cannot keep backups in");
  assertEquals([turns, folderProblem === undefined], [["raised"], true]);
  await Deno.remove(folder);
  await clock.advance(16 * 60_000);
  await backups.look();
  assertEquals([turns, (await backups.view(localPrincipal)).status.problem], [["raised", "cleared"], null]);
});

backupsTest("of processes that share a store, one makes the backup", async (bench) => {
  const { clock, store } = bench;
  Object.defineProperty(store, "shared", { value: true });
  const [a, b] = [bench.another(), bench.another()];
  await a.setSchedule(localPrincipal, DAILY);
  await clock.advance(16 * HOUR);
  await Promise.all([a.look(), b.look()]);
  assertEquals(await bench.origins(), ["schedule"]);
  await clock.advance(24 * HOUR);
  await store.kv.set(keys.backupLease(), { processId: "other", until: clock.now() + 60_000 });
  await a.look();
  assertEquals((await bench.origins()).length, 1);
  await clock.advance(61_000);
  await b.look();
  assertEquals((await bench.origins()).length, 2);
});

backupsTest(
  "a repeated request makes one backup; names lead nowhere else; damage is found",
  async (bench) => {
    const { backups, folder } = bench;
    const options = { idempotencyKey: "k" };
    const [one, two] = await Promise.all([
      backups.create(localPrincipal, options),
      backups.create(localPrincipal, options),
    ]);
    assertEquals(one.id, two.id);
    assertEquals(await bench.origins(), ["manual"]);
    assertEquals(((await Deno.stat(join(folder, one.id))).mode ?? 0) & 0o777, 0o600);
    await Deno.writeTextFile(join(folder, "..", "secret.txt"), "x");
    for (const id of ["../secret.txt", "secret.txt", "..", `${one.id}/../../secret.txt`]) {
      const error = await assertRejects(() => backups.open(localPrincipal, id), FreshetError);
      assertEquals(error.code, "not_found");
    }
    assertEquals((await backups.check(localPrincipal, one.id)).check?.problem, undefined);
    await Deno.truncate(join(folder, one.id), 900);
    const { check } = await backups.check(localPrincipal, one.id);
    assertStringIncludes(check?.problem ?? "", "it was cut off");
    await backups.delete(localPrincipal, one.id);
    assertEquals(await bench.origins(), []);
  },
);

backupsTest("a restore brings the schedule, and a second one at the same time is refused", async (bench) => {
  const { backups, folder } = bench;
  await backups.setSchedule(localPrincipal, DAILY);
  const { id } = await backups.create(localPrincipal);
  const into = await openStore({ folder: ":memory:" });
  try {
    const other = bench.another(into);
    const once = async () => {
      const upload = (await Deno.open(join(folder, id))).readable;
      try {
        return (await other.restore(localPrincipal, { upload })).counts.chat;
      } catch (error) {
        await upload.cancel();
        return error instanceof FreshetError ? error.code : error;
      }
    };
    const [first, second] = await Promise.all([once(), once()]);
    assertEquals([first, second].sort(), [1, "conflict"]);
    assertEquals((await other.view(localPrincipal)).schedule, DAILY);
    assert((await into.kv.get(keys.chat("local", "c"))).versionstamp);
    assert(!other.isRestoring);
  } finally {
    into.close();
  }
});

backupsTest(
  "a restored schedule with a folder of its own leaves that alone until it is saved",
  async (bench) => {
    const { backups, folder, clock } = bench;
    const theirs = join(folder, "..", "theirs");
    const schedule = { ...DAILY, keep: 1, folder: theirs };
    await backups.setSchedule(localPrincipal, schedule);
    const { id } = await backups.create(localPrincipal);
    const into = await openStore({ folder: ":memory:" });
    try {
      const other = bench.another(into);
      const upload = (await Deno.open(join(theirs, id))).readable;
      await other.restore({ ...localPrincipal, sessionId: "s" }, { upload });
      assertEquals(bench.restorers, ["s"]);
      await clock.advance(48 * HOUR);
      await other.look();
      const view = await other.view(localPrincipal);
      assertEquals([view.status.isPaused, view.status.nextAt, view.folder], [true, null, folder]);
      assertEquals([view.schedule, view.backups], [schedule, []]);
      assertEquals((await Array.fromAsync(Deno.readDir(theirs))).map(({ name }) => name), [id]);
      await other.setSchedule(localPrincipal, { ...schedule, folder: "" });
      await clock.advance(24 * HOUR);
      await other.look();
      assertEquals((await other.view(localPrincipal)).backups.map(({ origin }) => origin), ["schedule"]);
    } finally {
      into.close();
    }
  },
);

backupsTest(
  "others work on while an archive arrives; a restore writes when all of it is there",
  async (bench) => {
    const { backups, folder } = bench;
    const { id } = await backups.create(localPrincipal);
    const bytes = await Deno.readFile(join(folder, id));
    const into = await openStore({ folder: ":memory:" });
    try {
      const other = bench.another(into);
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const restoring = other.restore(localPrincipal, { upload: readable });
      const writer = writable.getWriter();
      await writer.write(bytes.slice(0, 100));
      assert(!other.isRestoring);
      other.refuseWhileRestoring();
      await writer.write(bytes.slice(100));
      await writer.close();
      let wasWriting = false;
      const looking = setInterval(() => wasWriting ||= other.isRestoring, 0);
      await restoring;
      clearInterval(looking);
      assertEquals([wasWriting, other.isRestoring], [true, false]);
    } finally {
      into.close();
    }
  },
);

backupsTest("a folder that cannot be written to is refused", async ({ backups, folder }) => {
  for (const path of ["relative/path", "/proc/nothing"]) {
    const schedule = { ...DAILY, folder: path };
    const error = await assertRejects(() => backups.setSchedule(localPrincipal, schedule), FreshetError);
    assertEquals(error.field, "folder");
  }
  const other = join(folder, "..", "elsewhere");
  await backups.setSchedule(localPrincipal, { ...DAILY, folder: other });
  await backups.create(localPrincipal);
  assertEquals((await backups.view(localPrincipal)).folder, other);
});

backupsTest("a folder of backups that cannot be reached does not take the page away", async (bench) => {
  const { backups, folder, store } = bench;
  await Deno.writeTextFile(join(folder, "..", "file"), "");
  const schedule = { ...DAILY, since: 0, folder: join(folder, "..", "file", "backups") };
  await store.kv.set(keys.backupSchedule(), store.encode(SCHEDULE, schedule));
  const size = await backups.measureFiles(localPrincipal, 100);
  assertEquals(size, { folders: 0, files: 0, bytes: 0, isPartial: false });
});

backupsTest("what is checked of an archive when Freshet shuts down is taken back", async (bench) => {
  const { backups, folder } = bench;
  const { id } = await backups.create(localPrincipal);
  const into = await openStore({ folder: ":memory:" });
  try {
    const other = bench.another(into);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const restoring = assertRejects(
      () => other.restore(localPrincipal, { upload: readable }),
      FreshetError,
      "Freshet is shutting down",
    );
    const writer = writable.getWriter();
    await writer.write(await Deno.readFile(join(folder, id)));
    await other.close();
    await writer.close();
    await restoring;
    assertEquals((await other.view(localPrincipal)).work, []);
  } finally {
    into.close();
  }
});
