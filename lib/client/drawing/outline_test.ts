import { assert, assertEquals, assertFalse } from "@std/assert";
import { arrowHead, isHit, outlineOf } from "./outline.ts";
import type { Shape } from "./shapes.ts";

const look = { colour: "ink", width: 2 } as const;
const [from, to] = [{ x: 100, y: 100 }, { x: 300, y: 200 }];

Deno.test("lines are hit along them and not beyond their ends", () => {
  const line: Shape = { type: "line", from: { x: 0, y: 0 }, to: { x: 100, y: 0 }, ...look };
  assert(isHit(line, { x: 50, y: 5 }, 5));
  assertFalse(isHit(line, { x: 50, y: 7 }, 5));
  assertFalse(isHit(line, { x: 110, y: 0 }, 5));
});

Deno.test("boxes and ellipses are hit at their lines, not within", () => {
  for (const type of ["rectangle", "ellipse"] as const) {
    const shape: Shape = { type, from, to, ...look };
    assert(isHit(shape, { x: 200, y: 101 }, 4), `${type}: its upper edge`);
    assertFalse(isHit(shape, { x: 200, y: 150 }, 4), `${type}: its middle`);
  }
  const ellipse: Shape = { type: "ellipse", from, to, ...look };
  assertFalse(isHit(ellipse, from, 4), "an ellipse has no corners");
  assert(isHit({ ...ellipse, type: "rectangle" }, from, 4));
});

Deno.test("a box drawn towards the upper left is the same", () => {
  const backwards: Shape = { type: "rectangle", from: to, to: from, ...look };
  assert(isHit(backwards, { x: 100, y: 150 }, 3) && isHit(backwards, { x: 200, y: 200 }, 3));
});

Deno.test("a text is hit anywhere in it", () => {
  const text: Shape = { type: "text", at: from, text: "Sign in", colour: "ink", size: 20 };
  assert(isHit(text, { x: 130, y: 112 }, 2));
  assertFalse(isHit(text, { x: 130, y: 140 }, 2));
  assertFalse(isHit(text, { x: 250, y: 112 }, 2));
});

Deno.test("a dot of the pen is hit", () => {
  const dot: Shape = { type: "pen", points: [from], ...look };
  assert(isHit(dot, { x: 103, y: 100 }, 3));
  assertFalse(isHit(dot, { x: 120, y: 100 }, 3));
});

Deno.test("an arrow's head points to its end and is never longer than the arrow", () => {
  const [upper, tip, lower] = arrowHead({ x: 0, y: 0 }, { x: 100, y: 0 }, 3);
  assertEquals(tip, { x: 100, y: 0 });
  assert(upper && lower && upper.x < 100 && lower.x < 100 && Math.abs(upper.y + lower.y) < 1e-9);
  const [side] = arrowHead({ x: 0, y: 0 }, { x: 5, y: 0 }, 3);
  assert(side && side.x > 0);
  assertEquals(outlineOf({ type: "arrow", from, to, ...look }).length, 2);
});
