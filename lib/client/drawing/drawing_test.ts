import { assert, assertEquals, assertFalse } from "@std/assert";
import { Drawing } from "./drawing.ts";
import { KeyInput } from "./key_input.ts";
import type { Point, Tool } from "./shapes.ts";

function drawn(...strokes: [Tool, Point, Point][]): Drawing {
  const drawing = new Drawing(400, 300);
  for (const [tool, from, to] of strokes) {
    drawing.tool.value = tool;
    drawing.begin(from);
    drawing.move(to);
    drawing.end();
  }
  return drawing;
}

const endOf = ({ current }: Drawing) => current && "to" in current ? current.to : undefined;
const types = (drawing: Drawing) => drawing.shapes.value.map(({ type }) => type);

Deno.test("a pen's line holds its points; those too near each other are one", () => {
  const drawing = new Drawing(100, 100);
  drawing.begin({ x: 10, y: 10 });
  for (const x of [10.2, 11, 14, 20]) drawing.move({ x, y: 10 });
  assertEquals(drawing.shapes.value.length, 0, "it is not there before the pen is lifted");
  drawing.end();
  const [shape] = drawing.shapes.value;
  assert(shape?.type === "pen");
  assertEquals(shape.points.map(({ x }) => x), [10, 14, 20]);
});

Deno.test("shapes keep the colour and width with which they were begun", () => {
  const drawing = new Drawing(100, 100);
  drawing.tool.value = "rectangle";
  drawing.colour.value = "red";
  drawing.bold.value = true;
  drawing.begin({ x: 0, y: 0 });
  drawing.colour.value = "blue";
  drawing.move({ x: 30, y: 20 });
  drawing.end();
  assertEquals(drawing.shapes.value, [
    { type: "rectangle", from: { x: 0, y: 0 }, to: { x: 30, y: 20 }, colour: "red", width: 7 },
  ]);
});

Deno.test("a click with a tool that draws spans leaves nothing, one with the pen a dot", () => {
  const at = { x: 5, y: 5 };
  assertEquals(types(drawn(["line", at, at], ["ellipse", at, at], ["pen", at, at])), ["pen"]);
});

Deno.test("every step is undone and done again; something new forgets what was undone", () => {
  const drawing = drawn(["line", { x: 0, y: 0 }, { x: 50, y: 0 }], ["ellipse", { x: 0, y: 0 }, {
    x: 50,
    y: 50,
  }]);
  drawing.addText({ x: 5, y: 5 }, "  Sign in ");
  drawing.addText({ x: 5, y: 5 }, "   ");
  drawing.clear();
  assertEquals(types(drawing), []);
  drawing.undo();
  assertEquals(types(drawing), ["line", "ellipse", "text"]);
  drawing.undo();
  drawing.undo();
  assertEquals(types(drawing), ["line"]);
  drawing.redo();
  assertEquals(types(drawing), ["line", "ellipse"]);
  drawing.addText({ x: 0, y: 0 }, "new");
  assertFalse(drawing.canRedo.value);
  for (let i = 0; i < 9; i++) drawing.undo();
  assert(drawing.isEmpty.value && !drawing.canUndo.value && drawing.canRedo.value);
});

Deno.test("an eraser's whole way is one step", () => {
  const drawing = drawn(
    ["line", { x: 100, y: 0 }, { x: 100, y: 200 }],
    ["line", { x: 200, y: 0 }, { x: 200, y: 200 }],
    ["line", { x: 300, y: 0 }, { x: 300, y: 40 }],
  );
  drawing.tool.value = "eraser";
  drawing.begin({ x: 20, y: 100 }, 6);
  drawing.move({ x: 390, y: 100 });
  assertEquals(drawing.shapes.value.length, 1, "fast strokes leave no gaps between what they were seen at");
  drawing.end();
  drawing.undo();
  assertEquals(drawing.shapes.value.length, 3);
});

Deno.test("an eraser that hits nothing is no step", () => {
  const drawing = drawn(["line", { x: 0, y: 0 }, { x: 50, y: 0 }]);
  drawing.undo();
  drawing.tool.value = "eraser";
  drawing.begin({ x: 300, y: 200 });
  drawing.end();
  assert(drawing.canRedo.value && !drawing.canUndo.value);
});

Deno.test("a cancelled stroke never was, an eraser's neither", () => {
  const drawing = drawn(["line", { x: 0, y: 0 }, { x: 50, y: 0 }]);
  drawing.begin({ x: 0, y: 0 });
  drawing.cancel();
  drawing.tool.value = "eraser";
  drawing.begin({ x: 20, y: 0 });
  assertEquals(types(drawing), []);
  drawing.cancel();
  assertEquals(types(drawing), ["line"]);
  drawing.undo();
  assertFalse(drawing.canUndo.value);
});

Deno.test("Shift makes squares, and lines at eighths of a turn", () => {
  const drawing = new Drawing(400, 300);
  drawing.tool.value = "rectangle";
  drawing.begin({ x: 50, y: 50 });
  drawing.move({ x: 10, y: 70 }, true);
  assertEquals(endOf(drawing), { x: 10, y: 90 });
  drawing.tool.value = "line";
  drawing.begin({ x: 0, y: 0 });
  drawing.move({ x: 100, y: 8 }, true);
  assertEquals(Math.round(endOf(drawing)?.y ?? NaN), 0);
});

Deno.test("a new number tells that there is something else to see", () => {
  const drawing = new Drawing(400, 300);
  const seen = new Set([drawing.revision.value]);
  const note = () => seen.add(drawing.revision.value);
  drawing.begin({ x: 0, y: 0 });
  note();
  drawing.move({ x: 9, y: 9 });
  note();
  drawing.end();
  note();
  drawing.undo();
  note();
  assertEquals(seen.size, 5);
});

Deno.test("the keyboard draws: arrows move the cross, Space sets the pen down and lifts it", () => {
  const drawing = new Drawing(400, 300);
  drawing.tool.value = "rectangle";
  const texts: Point[] = [];
  const keys = new KeyInput(drawing, (at) => texts.push(at));
  for (const key of [" ", "ArrowRight", "ArrowRight", "ArrowDown", " "]) keys.press(key, key !== " ");
  assertEquals(types(drawing), ["rectangle"]);
  const [shape] = drawing.shapes.value;
  assert(shape?.type === "rectangle");
  assertEquals([shape.from, shape.to], [{ x: 200, y: 150 }, { x: 320, y: 210 }]);
  for (let i = 0; i < 9; i++) keys.press("ArrowRight", true);
  assertEquals(keys.cross.value, { x: 400, y: 210 }, "the cross stays on the paper");
  assertFalse(keys.press("Escape", false), "nothing to cancel: whoever holds the canvas may close");
  keys.press("Enter", false);
  assert(keys.press("Escape", false) && !drawing.isDrawing);
  drawing.tool.value = "text";
  keys.press("Enter", false);
  assertEquals(texts, [{ x: 400, y: 210 }]);
});
