import { assert, assertEquals } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import {
  TERMINAL_INPUT_MAX,
  type TerminalMessage,
  type TerminalRequest,
  type TerminalSession,
} from "../../shared/terminal/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionHandlers } from "../socket/web_socket.ts";
import { TerminalLink } from "./terminal_link.ts";

const SESSION: TerminalSession = { id: "s", title: "", shell: "sh", cwd: "/", startedAt: 0, attached: 0 };

interface Opened {
  url: string;
  protocols: string[];
  handlers: ConnectionHandlers;
  sent: TerminalRequest[];
  isClosed: boolean;
}

function bench(ticket: () => Promise<string> = () => Promise.resolve("t")) {
  const clock = new FakeClock();
  const opened: Opened[] = [];
  const screen = {
    text: "",
    isReplaying: false,
    replayed: "",
    reset() {
      screen.text = "";
    },
    write(data: string, onDrawn: () => void) {
      screen.text += data;
      if (screen.isReplaying) screen.replayed += data;
      onDrawn();
    },
    setReplaying(isReplaying: boolean) {
      screen.isReplaying = isReplaying;
    },
  };
  const errors: FreshetError[] = [];
  const browser: Clock = {
    now: () => clock.now(),
    after: (ms, fn) => clock.after(ms, fn),
    frame: (fn) => clock.after(16, fn),
  };
  const link = new TerminalLink({
    session: SESSION,
    origin: "ws://here",
    api: { ticket },
    clock: browser,
    connect: (url, protocols, handlers) => {
      const connection: Opened = { url, protocols, handlers, sent: [], isClosed: false };
      opened.push(connection);
      return {
        send: (text) => void connection.sent.push(JSON.parse(text)),
        close: () => void (connection.isClosed = true),
      };
    },
    onChange: () => {},
    onError: (error) => errors.push(error),
  });
  const last = (): Opened => {
    const connection = opened.at(-1);
    assert(connection);
    return connection;
  };
  const say = (message: TerminalMessage) => last().handlers.onText(JSON.stringify(message));
  const attach = (isReset: boolean) => {
    last().handlers.onOpen();
    say({ type: "attached", session: SESSION, isReset, cols: 80, rows: 24 });
  };
  return { clock, link, screen, opened, last, say, attach, errors };
}

Deno.test("a window draws, acknowledges, comes back after a cut and asks for what it missed", async () => {
  const { clock, link, screen, opened, last, say, attach } = bench();
  link.start(screen);
  await clock.advance(1);
  assertEquals([last().url, last().protocols], ["ws://here/api/terminal/sessions/s/socket?after=0", [
    "freshet.terminal.v1",
    "ticket.t",
  ]]);
  link.resize(100, 30);
  attach(true);
  say({ type: "output", data: "one", offset: 3 });
  say({ type: "replayed", offset: 3 });
  say({ type: "output", data: "two", offset: 6 });
  assertEquals([screen.text, screen.replayed], ["onetwo", "one"]);
  assertEquals(last().sent, [
    { type: "resize", cols: 100, rows: 30 },
    { type: "ack", offset: 3 },
    { type: "ack", offset: 6 },
  ]);
  last().handlers.onClose(1006);
  assertEquals([link.state.value, link.type("lost")], ["waiting", false]);
  await clock.advance(1_000);
  assertEquals(last().url, "ws://here/api/terminal/sessions/s/socket?after=6");
  assertEquals(link.type("early"), true);
  opened[0]?.handlers.onText(JSON.stringify({ type: "output", data: "stale", offset: 11 }));
  attach(false);
  say({ type: "output", data: "three", offset: 11 });
  assertEquals(screen.text, "onetwothree");
  assertEquals(last().sent.slice(0, 2), [
    { type: "resize", cols: 100, rows: 30 },
    { type: "input", data: "early" },
  ]);
  link.stop();
  assertEquals([last().isClosed, clock.timers], [true, 0]);
  link.start(screen);
  await clock.advance(1);
  assertEquals(last().url, "ws://here/api/terminal/sessions/s/socket?after=11");
  link.stop();
});

Deno.test("the end of a session is final, however it is told", async () => {
  for (const tell of ["message", "code", "ticket", "forbidden"] as const) {
    const refusal = tell === "ticket" ? "not_found" : "forbidden";
    const { clock, link, screen, say, attach, last } = bench(
      tell === "ticket" || tell === "forbidden"
        ? () => Promise.reject(new FreshetError(refusal, "no"))
        : undefined,
    );
    link.start(screen);
    await clock.advance(1);
    if (tell === "message") {
      attach(true);
      say({ type: "ended", end: "exit", exitCode: 3 });
    } else if (tell === "code") last().handlers.onClose(4000);
    assertEquals(link.state.value, "ended", tell);
    const expected = { message: "exit", code: "lost", ticket: "lost", forbidden: "off" } as const;
    assertEquals(link.end.value?.end, expected[tell]);
    assertEquals(clock.timers, 0);
  }
});

Deno.test("a silent connection is asked for a sign of life and then given up; tries become rarer", async () => {
  const { clock, link, screen, last, say, attach, opened } = bench();
  link.start(screen);
  await clock.advance(1);
  attach(true);
  await clock.advance(20_000);
  assertEquals(last().sent, [{ type: "ping" }]);
  say({ type: "pong" });
  await clock.advance(25_000);
  assertEquals(link.state.value, "open");
  await clock.advance(5_500);
  assertEquals([link.state.value, last().isClosed], ["waiting", true]);
  for (let i = 0; i < 3; i++) {
    await clock.advance(10_000);
    link.retryNow();
    await clock.advance(1);
    last().handlers.onClose(1006);
  }
  assertEquals([opened.length, link.state.value], [4, "waiting"]);
  await clock.advance(7_500);
  assertEquals(opened.length, 4);
  await clock.advance(600);
  assertEquals(opened.length, 5);
  link.stop();
});

Deno.test("a long paste goes in pieces that tear no character apart; refusals are told", async () => {
  const { clock, link, screen, last, say, attach, errors } = bench();
  link.start(screen);
  await clock.advance(1);
  attach(true);
  const text = "a" + "😀".repeat(40_000);
  link.type(text);
  const pieces = last().sent.flatMap((request) => request.type === "input" ? [request.data] : []);
  assertEquals(pieces.join(""), text);
  assert(pieces.every((piece) => piece.length <= TERMINAL_INPUT_MAX && piece.isWellFormed()));
  say({ type: "error", error: { code: "rate_limited", message: "Too much" } });
  assertEquals(errors.map(({ code }) => code), ["rate_limited"]);
  link.stop();
});
