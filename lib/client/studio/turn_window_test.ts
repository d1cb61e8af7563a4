import { signal } from "@preact/signals";
import { assertEquals } from "@std/assert";
import type { Version } from "../../shared/mod.ts";
import { sampleVersion } from "./testing/samples.ts";
import { TurnWindow } from "./turn_window.ts";

function turnWindow(count: number, all = false) {
  const thread = signal<readonly Version[]>(versions(count));
  return { thread, turns: new TurnWindow({ thread, isWhole: signal(true), all }) };
}

function versions(count: number): Version[] {
  return Array.from({ length: count }, (_, i) => sampleVersion(i + 1));
}

const numbers = ({ shown }: TurnWindow) => [shown.value[0]?.number, shown.value.at(-1)?.number];

Deno.test("the newest turns are shown, and more of those before them when they are wished for", () => {
  const { turns } = turnWindow(50);
  assertEquals([numbers(turns), turns.hasEarlier.value], [[31, 50], true]);
  assertEquals([turns.showEarlier(), numbers(turns)], [20, [11, 50]]);
  assertEquals([turns.showEarlier(), numbers(turns), turns.hasEarlier.value], [10, [1, 50], false]);
  assertEquals(turns.showEarlier(), 0);
});

Deno.test("a new version takes none of the turns away that are shown", () => {
  const { turns, thread } = turnWindow(30);
  thread.value = versions(31);
  assertEquals(numbers(turns), [11, 31]);
});

Deno.test("a version that is looked for is shown with those just before it", () => {
  const { turns } = turnWindow(50);
  turns.include("v40");
  assertEquals(numbers(turns), [31, 50]);
  turns.include("v9");
  assertEquals(numbers(turns), [7, 50]);
});

Deno.test("versions that the page began without are earlier ones", () => {
  const thread = signal<readonly Version[]>(versions(40).slice(20));
  const isWhole = signal(false);
  const turns = new TurnWindow({ thread, isWhole, all: false });
  assertEquals([numbers(turns), turns.hasEarlier.value], [[21, 40], true]);
  thread.value = versions(40);
  isWhole.value = true;
  assertEquals([numbers(turns), turns.hasEarlier.value], [[21, 40], true]);
});

Deno.test("a short chat and one that is wanted whole are shown whole; so is a shorter branch", () => {
  assertEquals(turnWindow(3).turns.hasEarlier.value, false);
  assertEquals(numbers(turnWindow(50, true).turns), [1, 50]);
  const { turns, thread } = turnWindow(50);
  thread.value = versions(5);
  assertEquals([numbers(turns), turns.hasEarlier.value], [[1, 5], false]);
});
