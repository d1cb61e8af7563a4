import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { localPrincipal, type Principal } from "../access/mod.ts";
import { type PtySupport, silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { openStore, type Store } from "../store/mod.ts";
import { Terminals, type TerminalsOptions } from "./mod.ts";
import { FakePtyLibrary } from "./testing.ts";
import type { Visitor } from "./visitor.ts";

const SIZE = { cols: 80, rows: 24 };
const HERE: Visitor = { principal: localPrincipal, from: "127.0.0.1", host: "127.0.0.1", agent: "Test" };

interface Bench {
  clock: FakeClock;
  store: Store;
  library: FakePtyLibrary;
  terminals: Terminals;
  /** The leaders whose processes were ended. */
  ended: number[];
  start(more?: Partial<TerminalsOptions>): Terminals;
}

async function withTerminals(fn: (bench: Bench) => Promise<void>, more: Partial<TerminalsOptions> = {}) {
  const clock = new FakeClock();
  const store = await openStore({ folder: ":memory:" });
  const library = new FakePtyLibrary();
  const ended: number[] = [];
  const all: Terminals[] = [];
  const start = (options: Partial<TerminalsOptions> = {}) => {
    const terminals = new Terminals({
      store,
      clock,
      log: silentLog,
      support: () => Promise.resolve<PtySupport>({ type: "ready", library }),
      shell: () => Promise.resolve({ file: "/bin/none", name: "none", cwd: "/", env: { A: "b" } }),
      endProcesses: (pid) => Promise.resolve(void ended.push(pid)),
      ...options,
    });
    all.push(terminals);
    return terminals;
  };
  try {
    await fn({ clock, store, library, ended, terminals: start(more), start });
  } finally {
    for (const terminals of all) await terminals.shutDown();
    store.close();
  }
}

const refused = (work: Promise<unknown>, code: string) =>
  assertRejects(() => work, FreshetError).then((error) => assertEquals((error as FreshetError).code, code));

Deno.test("there are no terminals until a person turns them on, and none are left when they are turned off", async () => {
  await withTerminals(async ({ terminals, library, ended }) => {
    assertEquals((await terminals.state(HERE)).setting.isOn, false);
    await refused(terminals.open(HERE, SIZE), "forbidden");
    assertEquals(library.opened.length, 0);
    await terminals.configure(HERE, { isOn: true });
    const { id } = await terminals.open(HERE, { ...SIZE, cwd: "/nowhere/at/all" });
    assertEquals(library.opened[0]?.options, {
      file: "/bin/none",
      args: [],
      cwd: "/",
      env: { A: "b", TERM_SESSION_ID: id },
      ...SIZE,
    });
    assertEquals((await terminals.state(HERE)).sessions.map((session) => session.id), [id]);
    await terminals.configure(HERE, { isOn: false });
    assertEquals([(await terminals.state(HERE)).sessions, ended], [[], [4242]]);
    await refused(terminals.ticket(HERE, id), "forbidden");
    const audit = (await terminals.audited(HERE)).map((
      { type, from, who, detail },
    ) => [type, from, who, detail]);
    assertEquals(audit.toReversed(), [
      ["turned_on", "127.0.0.1", "local", undefined],
      ["opened", "127.0.0.1", "local", "/bin/none"],
      ["turned_off", "127.0.0.1", "local", undefined],
      ["closed", undefined, "local", "off"],
    ]);
  });
});

Deno.test("keys, others than the administrator, and other machines without a token are refused, and that is kept", async () => {
  const key: Principal = { ...localPrincipal, type: "key", keyId: "k" };
  const guest: Principal = { ...localPrincipal, scopes: new Set(["chat"]) };
  const visitors: Visitor[] = [
    { ...HERE, principal: key },
    { ...HERE, principal: guest },
    { ...HERE, from: "192.168.0.7" },
    { ...HERE, host: "freshet.example" },
  ];
  await withTerminals(async ({ terminals, clock }) => {
    await terminals.configure(HERE, { isOn: true });
    for (const visitor of visitors) {
      await refused(terminals.state(visitor), "forbidden");
      await refused(terminals.open(visitor, SIZE), "forbidden");
      await refused(terminals.configure(visitor, { isOn: true }), "forbidden");
      await refused(terminals.audited(visitor), "forbidden");
    }
    const entries = (await terminals.audited(HERE)).filter(({ type }) => type === "refused");
    assertEquals(entries.map(({ who, from }) => `${who} ${from}`).toReversed(), [
      "key 127.0.0.1",
      "local 127.0.0.1",
      "local 192.168.0.7",
      "local 127.0.0.1",
    ]);
    await clock.advance(60_000);
    await refused(terminals.state({ ...HERE, principal: key }), "forbidden");
    assertEquals((await terminals.audited(HERE))[0]?.who, "key");
  });
  await withTerminals(async ({ terminals }) => {
    const proven = visitors.map((visitor) => ({
      ...visitor,
      principal: { ...visitor.principal, isProven: true },
    }));
    for (const visitor of proven.slice(2)) await terminals.state(visitor);
    for (const visitor of proven.slice(0, 2)) await refused(terminals.state(visitor), "forbidden");
  });
});

Deno.test("sessions are limited in number and in idleness, and are gone when their shell ends", async () => {
  await withTerminals(async ({ terminals, library, clock, ended }) => {
    await terminals.configure(HERE, { isOn: true, sessionsMax: 2, idleMinutes: 10 });
    const opened = await Promise.allSettled([1, 2, 3].map(() => terminals.open(HERE, SIZE)));
    assertEquals(opened.map(({ status }) => status).sort(), ["fulfilled", "fulfilled", "rejected"]);
    const [busy, idle] = library.opened;
    assert(busy && idle);
    await clock.advance(9 * 60_000);
    busy.print("still here\n");
    await clock.advance(2 * 60_000);
    assertEquals((await terminals.state(HERE)).sessions.length, 1);
    busy.exit(3);
    for (let i = 0; i < 100 && (await terminals.list(HERE)).past.length < 2; i++) await clock.advance(10);
    const { sessions, past } = await terminals.list(HERE);
    assertEquals([sessions, ended.length], [[], 2]);
    assertEquals(past.map(({ end, exitCode }) => [end, exitCode]).toSorted(), [["exit", 3], [
      "idle",
      undefined,
    ]]);
    await terminals.open(HERE, SIZE);
  });
});

Deno.test("sessions of a process that was killed are closed in the records by the next one", async () => {
  const folder = await Deno.makeTempDir();
  await withTerminals(async ({ start }) => {
    const killed = await openStore({ folder });
    const terminals = start({ store: killed });
    await terminals.configure(HERE, { isOn: true });
    const { id } = await terminals.open(HERE, SIZE);
    killed.close();
    using store = new DisposableStack();
    const later = start({ store: store.adopt(await openStore({ folder }), (opened) => opened.close()) });
    await later.start();
    const { sessions, past } = await later.list(HERE);
    assertEquals([sessions, past.map((record) => [record.id, record.end])], [[], [[id, "lost"]]]);
    await refused(later.ticket(HERE, id), "not_found");
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("commands are kept with how they ended, found by their words, forgotten, and stay in the audit", async () => {
  await withTerminals(async ({ terminals, library, clock }) => {
    await terminals.configure(HERE, { isOn: true });
    const { id } = await terminals.open(HERE, SIZE);
    const [pty] = library.opened;
    assert(pty);
    // This shell is none that tells of its commands; what it prints is not believed.
    pty.print("\x1b]633;E;rm -rf /;guess\x07");
    await clock.advance(10);
    assertEquals(await terminals.commands(HERE, {}), []);
    const secret = await secretOf(terminals, library, clock);
    const last = library.opened.at(-1);
    const tell = async (text: string) => {
      last?.print(`\x1b]633;${text};${secret}\x07`);
      await clock.advance(50);
    };
    for (
      const [command, code] of [["ollama pull llama3.2", 0], ["ls -l", 0], ["ollama run x", 1], ["ls -l", 2]]
    ) {
      await tell(`E;${command}`);
      await tell(`D;${code}`);
    }
    const texts = async (text: string) =>
      (await terminals.commands(HERE, { text })).map(({ command }) => command);
    assertEquals(await texts(""), ["ls -l", "ollama run x", "ollama pull llama3.2"]);
    assertEquals(await texts("PULL olla"), ["ollama pull llama3.2"]);
    assertEquals(await terminals.commands(HERE, { sessionId: id }), []);
    const [newest] = await terminals.commands(HERE, { limit: 1 });
    assertEquals([newest?.exitCode, newest?.durationMs], [2, 50]);
    await terminals.forget(HERE, newest?.id ?? "");
    assertEquals(await texts("ls"), []);
    await terminals.forget(HERE);
    assertEquals(await texts(""), []);
    const audited = (await terminals.audited(HERE)).filter(({ type }) => type === "command");
    assertEquals(audited.length, 4);
    const page = await terminals.audited(HERE, { before: audited[1]?.id ?? "", limit: 1 });
    assertEquals(page[0]?.id, audited[2]?.id);
  }, {
    shell: () => Promise.resolve({ file: "/bin/none", name: "bash", cwd: "/", env: {} }),
  });
});

/** Opens a session and reads the secret that its shell was given. */
async function secretOf(terminals: Terminals, library: FakePtyLibrary, clock: FakeClock): Promise<string> {
  await terminals.open(HERE, SIZE);
  const file = library.opened.at(-1)?.options.args[1] ?? "";
  const { mode } = await Deno.stat(file);
  assertEquals((mode ?? 0) & 0o77, 0, "others could read the secret");
  await clock.advance(1);
  return (await Deno.readTextFile(file)).match(/D;%s;(\w+)/)?.[1] ?? "";
}

Deno.test("favourites are kept once each", async () => {
  await withTerminals(async ({ terminals }) => {
    const first = await terminals.addFavourite(HERE, "ollama pull {model}");
    assertEquals((await terminals.addFavourite(HERE, "ollama pull {model}")).id, first.id);
    await terminals.addFavourite(HERE, "ls");
    assertEquals((await terminals.favourites(HERE)).map(({ command }) => command), [
      "ollama pull {model}",
      "ls",
    ]);
    await terminals.deleteFavourite(HERE, first.id);
    assertEquals((await terminals.favourites(HERE)).map(({ command }) => command), ["ls"]);
  });
});

Deno.test("where there can be no PTY, all says why and nothing breaks", async () => {
  await withTerminals(async ({ terminals }) => {
    await terminals.configure(HERE, { isOn: true });
    assertEquals((await terminals.state(HERE)).obstacle, { cause: "permission", detail: "--allow-ffi" });
    const error = await assertRejects(() => terminals.open(HERE, SIZE), FreshetError);
    assertEquals((error as FreshetError).code, "unsupported");
  }, {
    support: () => Promise.resolve({ type: "missing", cause: "permission", message: "--allow-ffi" }),
  });
});
