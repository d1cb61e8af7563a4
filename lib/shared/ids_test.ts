import { assert, assertEquals, assertFalse } from "@std/assert";
import { isId, newId, timeOfId } from "./ids.ts";

Deno.test("newId makes ids of 26 characters that are each their own", () => {
  const ids = Array.from({ length: 1000 }, () => newId());
  assertEquals(new Set(ids).size, 1000);
  for (const id of ids) assert(isId(id), id);
});

Deno.test("ids sort in the order they were made, within a millisecond and when the clock goes back", () => {
  const later = Date.now() + 1_000_000;
  const ids = [newId(later), newId(later), newId(later - 5000), newId(later), newId(later + 1)];
  assertEquals(ids.toSorted(), ids);
});

Deno.test("timeOfId gives back the time", () => {
  const time = Date.now() + 2_000_000;
  assertEquals(timeOfId(newId(time)), time);
});

Deno.test("isId refuses other texts", () => {
  const id = newId();
  for (
    const text of [
      "",
      id.slice(1),
      `${id}0`,
      id.toUpperCase(),
      `${id.slice(1)}u`,
      `${id}\n`,
      `../${id.slice(3)}`,
    ]
  ) {
    assertFalse(isId(text), JSON.stringify(text));
  }
});
