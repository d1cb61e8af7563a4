import { assert, assertEquals, assertMatch } from "@std/assert";
import { findPty } from "../../lib/host/mod.ts";
import { localPrincipal } from "../../lib/access/mod.ts";
import type {
  TerminalAuditEntry,
  TerminalCommand,
  TerminalFolder,
  TerminalState,
} from "../../lib/shared/terminal/mod.ts";
import { cookieFor } from "../cookies.ts";
import { openTerminal, request, TerminalClient } from "../http/terminal_client.ts";
import { startApp, type TestApp } from "../harness.ts";
import { startServer } from "../server_process.ts";

const support = await findPty();
const BASH = "/bin/bash";
/** Why these tests are left out, where they are. */
const missing = Deno.build.os === "windows"
  ? "there is no /bin/bash on Windows"
  : support.type === "missing"
  ? support.message
  : undefined;

/** A test with real shells on real PTYs. */
function ptyTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: missing ? `${name} (left out: ${missing})` : name, ignore: missing !== undefined, fn });
}

interface Served extends AsyncDisposable {
  app: TestApp;
  origin: string;
}

/** An app whose shells are bash in a home of their own. */
async function serve(): Promise<Served & { home: string }> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const env = { PATH: Deno.env.get("PATH") ?? "", HOME: home, LANG: "C.UTF-8", PS1: "$ ", TERM: "xterm" };
  const shell = { file: BASH, name: "bash", cwd: home, env };
  const app = await startApp({}, { terminals: { shell: () => Promise.resolve(shell) } });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler);
  return {
    app,
    home,
    origin: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await app.services.drain(0);
      await server.shutdown();
      await app.services.close();
      await Deno.remove(home, { recursive: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return !/\) Z /.test(stat);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function untilGone(pids: readonly number[]): Promise<number[]> {
  for (let i = 0; i < 200 && pids.some(isAlive); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  return pids.filter(isAlive);
}

ptyTest("a shell runs, is resized, and is there again after its window was closed", async () => {
  await using served = await serve();
  const { origin, home } = served;
  const { id } = await openTerminal(origin);
  {
    await using first = await TerminalClient.open(origin, id);
    await first.message("replayed");
    first.type("stty size; echo $((6*7))é");
    await first.until(/24 80\r\n42é/);
    first.send({ type: "resize", cols: 101, rows: 33 });
    first.type("stty size");
    await first.until(/33 101/);
    await Deno.mkdir(`${home}/a b`);
    await Deno.writeTextFile(`${home}/a b/note.txt`, "");
    first.type("cd 'a b' && false");
    const { session } = await first.message("changed", (message) => message.session.cwd === `${home}/a b`);
    assertEquals(session.shell, "bash");
  }
  const state = await request(origin, "GET", "") as TerminalState;
  assertEquals(state.sessions.map((session) => [session.id, session.cwd]), [[id, `${home}/a b`]]);
  const folder = await request(origin, "GET", `/sessions/${id}/files`) as TerminalFolder;
  assertEquals(folder.entries, [{ name: "note.txt", type: "file" }]);
  await using again = await TerminalClient.open(origin, id);
  await again.until(/42é[\s\S]*33 101/);
  const attached = await again.message("attached");
  assertEquals([attached.cols, attached.rows], [101, 33]);
  again.type("env; echo end$?");
  await again.until(/end0/);
  assert(!/FRESHET|ZDOTDIR/i.test(again.text.replaceAll("TERM_PROGRAM=Freshet", "")), again.text);
  again.type("exit 3");
  const ended = await again.message("ended");
  assertEquals([ended.end, ended.exitCode], ["exit", 3]);
  const commands = await request(origin, "GET", "/commands") as TerminalCommand[];
  const cd = commands.find(({ command }) => command === "cd 'a b' && false");
  assertEquals([cd?.exitCode, cd?.cwd], [1, home]);
});

ptyTest("a large paste arrives whole, and a flood waits for its reader", async () => {
  await using served = await serve();
  const { id } = await openTerminal(served.origin);
  await using client = await TerminalClient.open(served.origin, id);
  await client.message("replayed");
  client.type("stty raw -echo; echo ready; sleep 0.2; head -c 200000 | cksum; stty sane");
  await client.until(/ready\s/);
  const line = "0123456789abcdef".repeat(625);
  for (let i = 0; i < 20; i++) client.send({ type: "input", data: line });
  await client.until(/\d+ 200000/);
  const cksum = new Deno.Command("cksum", { stdin: "piped", stdout: "piped" }).spawn();
  const writer = cksum.stdin.getWriter();
  await writer.write(new TextEncoder().encode(line.repeat(20)));
  await writer.close();
  const { stdout } = await cksum.output();
  assertMatch(client.text, new RegExp(new TextDecoder().decode(stdout).trim()));
  client.type("seq 200000 | sed 's/$/ of many/'; echo done$((1+1))");
  await client.until(/199999 of many\s+200000 of many\s+[\s\S]*done2/);
});

ptyTest(
  "closing a terminal ends its background jobs, those that ignore it and stopped ones too",
  async () => {
    await using served = await serve();
    const { origin } = served;
    const { id } = await openTerminal(origin);
    await using client = await TerminalClient.open(origin, id);
    await client.message("replayed");
    client.type("nohup sleep 1001 >/dev/null 2>&1 & echo one=$!.");
    client.type("(trap '' HUP TERM; sleep 1002) & echo two=$!.");
    client.type("sleep 1003 & kill -STOP $!; echo three=$!.");
    client.type("sh -c 'setsid sleep 1004' & echo four=$!.; echo shell=$$.");
    const pids: number[] = [];
    for (const name of ["one", "two", "three", "four", "shell"]) {
      pids.push(Number((await client.until(new RegExp(`${name}=(\\d+)\\.`)))[1]));
    }
    assertEquals(pids.filter(isAlive), pids);
    await request(origin, "DELETE", `/sessions/${id}`);
    assertEquals((await client.message("ended")).end, "closed");
    assertEquals(await untilGone(pids), []);
  },
);

ptyTest("the server's end ends all shells; a server that is killed leaves none behind", async () => {
  const pids: number[] = [];
  {
    await using served = await serve();
    const { id } = await openTerminal(served.origin);
    const client = await TerminalClient.open(served.origin, id);
    await client.message("replayed");
    client.type("sleep 1005 & echo child=$!. shell=$$.");
    const [, child, shell] = await client.until(/child=(\d+)\. shell=(\d+)\./);
    pids.push(Number(child), Number(shell));
    await served.app.services.drain(0);
    assertEquals((await client.message("ended")).end, "shutdown");
    await client.closed;
  }
  assertEquals(await untilGone(pids), []);

  const folder = await Deno.makeTempDir();
  const server = await startServer(folder);
  const { id } = await openTerminal(server.url);
  const client = await TerminalClient.open(server.url, id);
  await client.message("replayed");
  client.type("sleep 1006 & echo child=$!. shell=$$.");
  const [, child, shell] = await client.until(/child=(\d+)\. shell=(\d+)\./);
  await server.kill();
  await client.closed;
  assertEquals(await untilGone([Number(child), Number(shell)]), []);
  await Deno.remove(folder, { recursive: true });
});

ptyTest("the audit names the administrator who typed, and who ended a session", async () => {
  await using served = await serve();
  const { app, origin } = served;
  const { id } = await openTerminal(origin);
  const ada = await app.services.profiles.create(localPrincipal, {
    name: "Ada Lovelace",
    role: "administrator",
    password: null,
  });
  const cookie = await cookieFor(app.services, ada.id);
  {
    await using mine = await TerminalClient.open(origin, id);
    await using hers = await TerminalClient.open(origin, id, 0, { cookie });
    await Promise.all([mine.message("replayed"), hers.message("replayed")]);
    hers.type("echo her$((1))s");
    await mine.until(/her1s/);
    await mine.message("changed", ({ session }) => (session.commandEvents ?? 0) >= 3);
    mine.type("echo my$((1))s");
    await hers.until(/my1s/);
  }
  const end = await app.fetch(`/api/terminal/sessions/${id}`, { method: "DELETE", headers: { cookie } });
  assertEquals(end.status, 204);
  const audit = await request(origin, "GET", "/audit") as TerminalAuditEntry[];
  const who = (entries: TerminalAuditEntry[]) => entries.map(({ who, detail }) => [who, detail]).reverse();
  assertEquals(who(audit.filter(({ type }) => type === "command")), [
    [ada.id, "echo her$((1))s"],
    ["local", "echo my$((1))s"],
  ]);
  assertEquals(who(audit.filter(({ type }) => type === "closed")), [[ada.id, "closed"]]);
  assertMatch(await (await app.fetch("/terminal")).text(), /<span>Ada Lovelace<\/span>/);
});
