import { assertEquals } from "@std/assert";
import { movedTo, placeOf, tiersOf } from "./tiers.ts";

const tiers = [["a", "b"], ["c"], ["d"]];

Deno.test("nodes of the same priority are one tier, and the built-in one has none", () => {
  const node = (id: string, priority: number, origin: "manual" | "builtin" = "manual") => ({
    id,
    priority,
    origin,
  });
  const nodes = [node("c", 20), node("a", 10), node("b", 10), node("sketch", 1000, "builtin")];
  assertEquals(tiersOf(nodes), [["a", "b"], ["c"]]);
});

Deno.test("a node goes through the tiers and the places between them, and no further than the ends", () => {
  assertEquals([placeOf(tiers, "a"), placeOf(tiers, "c"), placeOf(tiers, "d")], [1, 2, 4]);
  const places = [-Infinity, 0, 1, 2, 3, 4, 5, 6, Infinity].map((place) =>
    movedTo(tiers, "a", place).map((ids) => ids.join("")).join(" ")
  );
  assertEquals(places, [
    "a b c d",
    "a b c d",
    "ba c d",
    "b a c d",
    "b ca d",
    "b c a d",
    "b c da",
    "b c d a",
    "b c d a",
  ]);
});
