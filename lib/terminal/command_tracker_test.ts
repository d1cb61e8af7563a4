import { assertEquals } from "@std/assert";
import { CommandTracker, type ShellEvent } from "./command_tracker.ts";

const OUTPUT = "before\x1b]0;vim — a.txt\x07 text \x1b]633;E;echo \\x3b \\\\x0a\\x0ab;s3cret\x07" +
  "\x1b]7;file://host/home/me/a%20b%C3%BC\x1b\\out\x1b]633;D;130;s3cret\x07\x1b[0m$ ";

const EVENTS: ShellEvent[] = [
  { type: "title", title: "vim — a.txt" },
  { type: "command", command: "echo ; \\x0a\nb" },
  { type: "cwd", path: "/home/me/a bü" },
  { type: "finished", exitCode: 130 },
];

Deno.test("folder, title, begin and end of commands are read, wherever the output is cut", () => {
  assertEquals(new CommandTracker("s3cret").push(OUTPUT), EVENTS);
  for (let cut = 0; cut <= OUTPUT.length; cut++) {
    const tracker = new CommandTracker("s3cret");
    assertEquals(
      [...tracker.push(OUTPUT.slice(0, cut)), ...tracker.push(OUTPUT.slice(cut))],
      EVENTS,
      `${cut}`,
    );
  }
  const tracker = new CommandTracker("s3cret");
  assertEquals([...OUTPUT].flatMap((char) => tracker.push(char)), EVENTS);
});

Deno.test("without the shell's secret, nobody tells of commands", () => {
  const forged = ["\x1b]633;E;rm -rf /\x07", "\x1b]633;E;rm -rf /;guess\x07", "\x1b]633;D;0\x07"];
  assertEquals(forged.flatMap((text) => new CommandTracker("s3cret").push(text)), []);
});

Deno.test("what is no such sequence, breaks off or never ends is left alone", () => {
  const texts = [
    "\x1b]7;http://host/a\x07\x1b]7;file://host/%E0%A4%A\x07",
    "\x1b]633;D;x;s3cret\x07\x1b]99999;a\x07\x1b]\x07\x1b[31m",
    "\x1b]0;broken\x18 off",
  ];
  assertEquals(texts.flatMap((text) => new CommandTracker("s3cret").push(text)), [
    { type: "title", title: "broken" },
  ]);
  const tracker = new CommandTracker("s3cret");
  assertEquals(tracker.push(`\x1b]0;${"x".repeat(100_000)}`), []);
  assertEquals(tracker.push("\x1b]2;found again\x07"), [{ type: "title", title: "found again" }]);
});

Deno.test("control characters do not get into titles and commands", () => {
  const [event] = new CommandTracker("s").push("\x1b]633;E;a\\x1b[31m\\x07b\\x0ac;s\x07");
  assertEquals(event, { type: "command", command: "a[31mb\nc" });
});
