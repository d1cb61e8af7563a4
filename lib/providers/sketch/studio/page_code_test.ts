import { assert, assertEquals, assertThrows } from "@std/assert";
import { addDays, addMonths, weekOf, weeksOfMonth } from "./templates/ui/appointments/days.ts";
import { icsOf } from "./templates/ui/appointments/ics.ts";
import { evaluate, ExpressionError, formatted } from "./templates/ui/calculator/expression.ts";
import { clockText, Countdown } from "./templates/ui/timer/countdown.ts";
import { phaseAfter } from "./templates/ui/timer/phases.ts";

Deno.test("the calculator knows precedence, signs, functions and what has no value", () => {
  const values: [string, number][] = [
    ["2 + 3 × 4", 14],
    ["(2 + 3) × 4", 20],
    ["2 ^ 3 ^ 2", 512],
    ["-2 ^ 2", -4],
    ["2 ^ -1", 0.5],
    ["8 / 4 / 2", 1],
    ["10 − −4", 14],
    ["50 % × 8", 4],
    ["5!", 120],
    ["2π", 2 * Math.PI],
    ["3(1 + 2", 9],
    ["√16 + sqrt(9)", 7],
    ["1,5 + .5", 2],
    ["2e3", 2_000],
  ];
  for (const [text, value] of values) assertEquals(evaluate(text), value, text);
  for (const text of ["", "1 +", "1 2", "2 $ 3", "1 / 0", "√(-1)", "constructor", "171!", "(1))", "()"]) {
    assertThrows(() => evaluate(text), ExpressionError);
  }
  assertEquals([0.1 + 0.2, -3, 1 / 3, 2e20, 1e-12].map(formatted), [
    "0.3",
    "−3",
    "0.333333333333",
    "2e+20",
    "1e−12",
  ]);
  assertEquals(evaluate(formatted(-1e-12)), -1e-12);
});

Deno.test("the calendar counts days, weeks and months", () => {
  assertEquals(addDays("2028-02-28", 2), "2028-03-01");
  assertEquals(addMonths("2026-01-31", 1), "2026-02-28");
  assertEquals(addMonths("2026-01-31", -2), "2025-11-30");
  assertEquals(weekOf("2026-03-01")[0], "2026-02-23");
  assertEquals(weekOf("2026-03-02")[0], "2026-03-02");
  const weeks = weeksOfMonth("2026-03-15");
  assertEquals([weeks.length, weeks[0]?.[0], weeks.at(-1)?.at(-1)], [6, "2026-02-23", "2026-04-05"]);
  assertEquals(weeksOfMonth("2027-02-10").length, 4);
});

Deno.test("a calendar file escapes texts and folds long lines without cutting letters", () => {
  const text = icsOf([{
    id: "a1",
    name: "Ada; Grace, Alan",
    email: "ada@example.com",
    day: "2026-03-02",
    starts: 570,
    length: 60,
    notes: `Two\nlines ${"ü".repeat(60)}`,
  }], new Date(Date.UTC(2026, 1, 1)));
  assert(text.includes("\r\nSUMMARY:Ada\\; Grace\\, Alan\r\n"));
  assert(text.includes("\r\nDTSTAMP:20260201T000000Z\r\n"));
  const bytes = text.split("\r\n").map((line) => new TextEncoder().encode(line).length);
  assert(bytes.every((size) => size <= 75), String(bytes));
  assert(text.replaceAll("\r\n ", "").includes(`Two\\nlines ${"ü".repeat(60)}\r\n`));
  assert(text.startsWith("BEGIN:VCALENDAR\r\n") && text.endsWith("END:VCALENDAR\r\n"));
});

Deno.test("the countdown goes by the clock, and stands still while it is paused", () => {
  const countdown = new Countdown(60_000);
  countdown.start(1_000);
  assertEquals(countdown.left(21_000), 40_000);
  countdown.pause(21_000);
  assertEquals([countdown.left(90_000), countdown.isRunning], [40_000, false]);
  countdown.start(100_000);
  assertEquals(countdown.left(200_000), 0);
  assertEquals([0, 1, 59_001, 3_600_000].map(clockText), ["00:00", "00:01", "01:00", "60:00"]);
  assertEquals([1, 2, 3, 4, 5].map((rounds) => phaseAfter("work", rounds)), [
    "shortBreak",
    "shortBreak",
    "shortBreak",
    "longBreak",
    "shortBreak",
  ]);
  assertEquals(phaseAfter("longBreak", 4), "work");
});
