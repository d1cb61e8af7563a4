import { assertEquals } from "@std/assert";
import { Selection } from "./selection.ts";

function selectionOf(...names: string[]): Selection {
  const selection = new Selection();
  selection.setNames(names);
  return selection;
}

const chosen = (selection: Selection) => [...selection.chosen.value].join("");

Deno.test("entries are chosen alone, one more, and all between", () => {
  const selection = selectionOf("a", "b", "c", "d", "e");
  assertEquals(selection.focused.value, "a");
  selection.choose("b");
  selection.choose("d", { range: true });
  assertEquals([chosen(selection), selection.focused.value], ["bcd", "d"]);
  selection.choose("a", { range: true });
  assertEquals(chosen(selection), "ab");
  selection.choose("e", { toggle: true });
  selection.choose("a", { toggle: true });
  assertEquals(chosen(selection), "be");
  selection.chooseAll();
  assertEquals(chosen(selection), "abcde");
  selection.clear();
  assertEquals([chosen(selection), selection.focused.value], ["", "a"]);
});

Deno.test("keys move the focus as far as there are entries, and draw the choice along", () => {
  const selection = selectionOf("a", "b", "c", "d");
  selection.move(1);
  selection.move(2, { range: true });
  assertEquals([chosen(selection), selection.focused.value], ["bcd", "d"]);
  selection.move(5);
  assertEquals(selection.focused.value, "d");
  selection.move(-Infinity, { toggle: true });
  assertEquals([chosen(selection), selection.focused.value], ["d", "a"]);
  selection.move(Infinity, { range: true });
  assertEquals(chosen(selection), "d");
});

Deno.test("what is typed leads to the next name that begins so", () => {
  const selection = selectionOf("alpha", "Beta", "beach", "gamma");
  selection.type("b", 1_000);
  assertEquals(selection.focused.value, "Beta");
  selection.type("e", 1_100);
  selection.type("a", 1_200);
  assertEquals(selection.focused.value, "beach");
  assertEquals([selection.isTyping(1_300), selection.isTyping(3_000)], [true, false]);
  selection.type("b", 3_000);
  assertEquals(selection.focused.value, "Beta");
  selection.type("b", 3_100);
  assertEquals(selection.focused.value, "beach");
  selection.type("x", 9_000);
  assertEquals(selection.focused.value, "beach");
});

Deno.test("what is gone is no longer chosen", () => {
  const selection = selectionOf("a", "b", "c");
  selection.choose("a");
  selection.choose("c", { range: true });
  selection.setNames(["b", "d"]);
  assertEquals([chosen(selection), selection.focused.value], ["b", "b"]);
  selection.setNames([]);
  assertEquals([chosen(selection), selection.focused.value], ["", null]);
});
