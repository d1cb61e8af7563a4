import { assert, assertEquals } from "@std/assert";
import { TERMINAL_CLOSE } from "../shared/terminal/mod.ts";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { Attachment } from "./attachment.ts";
import { type CommandEvent, Session } from "./session.ts";
import { FakePty, FakeTerminalPort, frame } from "./testing.ts";

function bench() {
  const clock = new FakeClock();
  const pty = new FakePty({ file: "/bin/sh", args: [], cwd: "/", env: {}, cols: 80, rows: 24 });
  const commands: CommandEvent[] = [];
  const exits: number[] = [];
  let cwd: string | undefined = "/";
  const session = new Session({
    id: "s",
    pty,
    shell: "sh",
    cwd: "/",
    cols: 80,
    rows: 24,
    secret: "k",
    clock,
    readCwd: () => Promise.resolve(cwd),
    onCommand: (event) => commands.push(event),
    onExit: (code) => exits.push(code),
  });
  const open = (after = 0) => {
    const socket = new FakeTerminalPort();
    const attachment = new Attachment({
      socket,
      clock,
      log: silentLog,
      onPace: () => session.pace(),
      onRequest: (request) => {
        if (request.type === "input") session.write(request.data);
        else session.resize(request.cols, request.rows);
      },
    });
    session.attach(attachment, after);
    const leave = () => {
      attachment.release();
      session.detach(attachment);
    };
    return { socket, attachment, leave };
  };
  return { clock, pty, session, open, commands, exits, moveTo: (path: string) => cwd = path };
}

Deno.test("who comes later sees what was printed before; who comes back, what they missed", async () => {
  const { clock, pty, open } = bench();
  const first = open();
  pty.print("one ");
  await clock.advance(20);
  pty.print("two ");
  await clock.advance(20);
  assertEquals(first.socket.text, "one two ");
  first.leave();
  pty.print("three ");
  const back = open(first.socket.offset);
  const late = open();
  await clock.advance(20);
  assertEquals([back.socket.text, late.socket.text], ["three ", "one two three "]);
  const resets = [back, late].map(({ socket }) =>
    socket.messages.flatMap((message) => message.type === "attached" ? [message.isReset] : [])
  );
  assertEquals(resets, [[false], [true]]);
  pty.print("four");
  await clock.advance(20);
  assertEquals([back.socket.text, late.socket.text], ["three four", "one two three four"]);
  assertEquals(late.socket.offset, "one two three four".length);
  for (const { leave } of [back, late]) leave();
});

Deno.test("who stayed away for too long gets all that is kept anew", async () => {
  const { clock, pty, open } = bench();
  for (let i = 0; i < 20; i++) {
    pty.print(`${"x".repeat(49_999)}\n`);
    await clock.advance(10);
  }
  const { socket, leave } = open(5);
  const [attached] = socket.messages;
  assert(attached?.type === "attached" && attached.isReset);
  assert(socket.text.length >= 256 * 1024 && socket.text.length < 550_000, `${socket.text.length}`);
  assertEquals(socket.offset, 1_000_000);
  const largest = Math.max(
    ...socket.messages.map((message) => message.type === "output" ? message.data.length : 0),
  );
  assert(largest <= 64 * 1024);
  leave();
});

Deno.test("a flood is gathered, a key's echo goes out at once", async () => {
  const { clock, pty, open } = bench();
  const { socket, leave } = open();
  await clock.advance(100);
  pty.print("a");
  assertEquals(socket.text, "a");
  for (let i = 0; i < 50; i++) pty.print("b");
  assertEquals(socket.text, "a");
  await clock.advance(8);
  assertEquals(socket.text, `a${"b".repeat(50)}`);
  assertEquals(socket.messages.filter(({ type }) => type === "output").length, 2);
  leave();
});

Deno.test("the program waits for a slow window and goes on when it caught up, or has gone", async () => {
  const { clock, pty, open } = bench();
  const slow = open();
  const quick = open();
  const flood = async () => {
    for (let i = 0; i < 5; i++) {
      pty.print("x".repeat(60_000));
      await clock.advance(10);
      quick.attachment.receive(frame({ type: "ack", offset: quick.socket.offset }));
    }
  };
  await flood();
  assertEquals(pty.isPaused, true);
  slow.attachment.receive(frame({ type: "ack", offset: 100_000 }));
  assertEquals(pty.isPaused, true);
  slow.attachment.receive(frame({ type: "ack", offset: 280_000 }));
  assertEquals(pty.isPaused, false);
  await flood();
  assertEquals(pty.isPaused, true);
  slow.leave();
  assertEquals(pty.isPaused, false);
  quick.leave();
  assertEquals(clock.timers, 1, "only the look for the folder is left");
});

Deno.test("a window that draws nothing for half a minute is let go", async () => {
  const { clock, pty, open } = bench();
  const { socket, attachment } = open();
  pty.print("x".repeat(300_000));
  await clock.advance(20_000);
  attachment.receive(frame({ type: "ack", offset: 10 }));
  await clock.advance(20_000);
  assertEquals([socket.closed, pty.isPaused], [undefined, true]);
  await clock.advance(10_000);
  assertEquals([socket.closed?.code, pty.isPaused], [TERMINAL_CLOSE.tooSlow, false]);
});

Deno.test("input and size reach the program; what is malformed, too much or refused is answered", async () => {
  const { clock, pty, open } = bench();
  const { socket, attachment, leave } = open();
  attachment.receive(frame({ type: "input", data: "ls\r" }));
  attachment.receive(frame({ type: "resize", cols: 120, rows: 40 }));
  attachment.receive(frame({ type: "resize", cols: 120, rows: 40 }));
  attachment.receive(frame({ type: "ping" }));
  assertEquals([pty.typed, pty.sizes, socket.messages.at(-1)?.type], ["ls\r", ["120x40"], "pong"]);
  const bad: unknown[] = [
    "{",
    new Uint8Array(3),
    '{"type":"input"}',
    '{"type":"input","data":5}',
    '{"type":"input","data":"a","extra":1}',
    '{"type":"resize","cols":0,"rows":24}',
    '{"type":"resize","cols":80,"rows":1e9}',
    '{"type":"ack","offset":99}',
    '{"type":"kill"}',
    JSON.stringify({ type: "input", data: "x".repeat(40_000) }),
    "x".repeat(400_000),
  ];
  for (const message of bad) {
    const before = socket.messages.length;
    attachment.receive(message);
    const answers = socket.messages.slice(before);
    assertEquals(answers.map(({ type }) => type), ["error"], String(message).slice(0, 60));
  }
  pty.isFull = true;
  attachment.receive(frame({ type: "input", data: "x" }));
  const last = socket.messages.at(-1);
  assert(last?.type === "error" && last.error.code === "rate_limited");
  pty.isFull = false;
  for (let i = 0; i < 3_000; i++) attachment.receive(frame({ type: "ping" }));
  assertEquals(socket.closed?.code, TERMINAL_CLOSE.flooded);
  await clock.advance(1);
  leave();
});

Deno.test("titles, folders and commands are told to all windows", async () => {
  const { clock, pty, session, open, commands, moveTo } = bench();
  const { socket, leave } = open();
  moveTo("/elsewhere");
  pty.print("$ ");
  await clock.advance(400);
  assertEquals(session.view.cwd, "/elsewhere");
  pty.print("\x1b]7;file://h/home\x07\x1b]2;vim\x07\x1b]633;E;sleep 5;k\x07");
  assertEquals([session.view.cwd, session.view.title, session.view.command], ["/home", "vim", "sleep 5"]);
  pty.print("\x1b]633;D;0;k\x07");
  await clock.advance(400);
  assertEquals([session.view.command, session.view.cwd], [undefined, "/home"]);
  assertEquals(commands.map(({ type }) => type), ["command", "finished"]);
  assertEquals(session.view.commandEvents, 2);
  session.rename("Mine");
  const changed = socket.messages.findLast((message) => message.type === "changed");
  assert(changed?.type === "changed" && changed.session.title === "Mine");
  leave();
});

Deno.test("the end is told with its code, a signal's like shells do", async () => {
  const { clock, pty, session, open, exits } = bench();
  const { socket } = open();
  await clock.advance(20);
  pty.print("bye");
  pty.exit(0, 9);
  session.end("exit", exits[0]);
  assertEquals([exits, socket.text, socket.messages.at(-1)], [[137], "bye", {
    type: "ended",
    end: "exit",
    exitCode: 137,
  }]);
  assertEquals(socket.closed?.code, TERMINAL_CLOSE.ended);
  const late = open();
  assertEquals(late.socket.closed?.code, TERMINAL_CLOSE.ended);
});
