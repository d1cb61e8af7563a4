import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { distance, pointsBetween, snapToAngle, snapToSquare } from "./geometry.ts";
import { isHit } from "./outline.ts";
import type { Colour, Point, Shape, Tool } from "./shapes.ts";

/** Widths of lines and sizes of text, in the drawing's units. */
const SIZES = { fine: { width: 3, text: 20 }, bold: { width: 7, text: 30 } };
/** Points of a pen nearer than this are one. */
const PEN_STEP = 1.5;
/** A span shorter than this was a click. */
const LEAST_SPAN = 4;
/** So many steps can be undone. */
const MOST_STEPS = 200;

/** A drawing, what is drawn on it next, and what can be taken back. It knows nothing of pixels or the browser. */
export class Drawing {
  /** The drawing's size in its own units. */
  readonly width: number;
  readonly height: number;
  readonly tool: Signal<Tool> = signal("pen");
  readonly colour: Signal<Colour> = signal("ink");
  readonly bold: Signal<boolean> = signal(false);

  readonly #shapes: Signal<readonly Shape[]> = signal([]);
  readonly #undo: Signal<readonly (readonly Shape[])[]> = signal([]);
  readonly #redo: Signal<readonly (readonly Shape[])[]> = signal([]);
  readonly #revision = signal(0);
  #current: Shape | undefined;
  #erasing: { at: Point; reach: number; before: readonly Shape[] } | undefined;

  readonly canUndo: ReadonlySignal<boolean> = computed(() => this.#undo.value.length > 0);
  readonly canRedo: ReadonlySignal<boolean> = computed(() => this.#redo.value.length > 0);
  readonly isEmpty: ReadonlySignal<boolean> = computed(() => this.#shapes.value.length === 0);

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  /** What is there, lowest first. */
  get shapes(): ReadonlySignal<readonly Shape[]> {
    return this.#shapes;
  }

  /** What is being drawn. Its points grow in place: `revision` tells when. */
  get current(): Shape | undefined {
    return this.#current;
  }

  /** Another number whenever there is something else to see. */
  get revision(): ReadonlySignal<number> {
    return this.#revision;
  }

  /** Whether the pen is down. */
  get isDrawing(): boolean {
    return this.#current !== undefined || this.#erasing !== undefined;
  }

  /** Sets the pen down. `reach` is how far an eraser reaches; text is set by `addText`. */
  begin(at: Point, reach = 8, tool: Tool = this.tool.peek()): void {
    this.cancel();
    if (tool === "text") return;
    if (tool === "eraser") {
      this.#erasing = { at, reach, before: this.#shapes.peek() };
      this.#erase(at, reach);
      return;
    }
    const look = { colour: this.colour.peek(), width: this.#sizes().width };
    this.#current = tool === "pen"
      ? { type: "pen", points: [at], ...look }
      : { type: tool, from: at, to: at, ...look };
    this.#touch();
  }

  /** Moves the pen. `straight` keeps lines to eighths of a turn and boxes to squares. */
  move(to: Point, straight = false): void {
    const shape = this.#current;
    if (this.#erasing) {
      const { at, reach } = this.#erasing;
      for (const point of pointsBetween(at, to, reach)) this.#erase(point, reach);
      this.#erasing.at = to;
    } else if (shape?.type === "pen") {
      const last = shape.points.at(-1);
      if (last && distance(last, to) < PEN_STEP) return;
      shape.points.push(to);
      this.#touch();
    } else if (shape && shape.type !== "text") {
      const isBox = shape.type === "rectangle" || shape.type === "ellipse";
      shape.to = !straight ? to : isBox ? snapToSquare(shape.from, to) : snapToAngle(shape.from, to);
      this.#touch();
    }
  }

  /** Lifts the pen: what was drawn is one step to undo. */
  end(): void {
    const [shape, erasing] = [this.#current, this.#erasing];
    this.#current = undefined;
    this.#erasing = undefined;
    if (erasing && erasing.before !== this.#shapes.peek()) this.#remember(erasing.before);
    if (shape && isWorthKeeping(shape)) this.#change([...this.#shapes.peek(), shape]);
    this.#touch();
  }

  /** Lifts the pen as if it had never been set down. */
  cancel(): void {
    if (!this.isDrawing) return;
    if (this.#erasing) this.#shapes.value = this.#erasing.before;
    this.#erasing = undefined;
    this.#current = undefined;
    this.#touch();
  }

  /** Sets a line of text with its upper left corner at a point; none where it is blank. */
  addText(at: Point, text: string): void {
    if (text.trim() === "") return;
    const shape: Shape = {
      type: "text",
      at,
      text: text.trim(),
      colour: this.colour.peek(),
      size: this.textSize,
    };
    this.#change([...this.#shapes.peek(), shape]);
  }

  /** The size of the text that is set next. */
  get textSize(): number {
    return this.#sizes().text;
  }

  /** Takes everything away; that can be undone too. */
  clear(): void {
    this.cancel();
    if (!this.isEmpty.peek()) this.#change([]);
  }

  undo(): void {
    this.#step(this.#undo, this.#redo);
  }

  redo(): void {
    this.#step(this.#redo, this.#undo);
  }

  #step(from: Signal<readonly (readonly Shape[])[]>, to: Signal<readonly (readonly Shape[])[]>): void {
    this.cancel();
    const shapes = from.peek().at(-1);
    if (!shapes) return;
    from.value = from.peek().slice(0, -1);
    to.value = [...to.peek(), this.#shapes.peek()];
    this.#shapes.value = shapes;
    this.#touch();
  }

  #erase(at: Point, reach: number): void {
    const kept = this.#shapes.peek().filter((shape) => !isHit(shape, at, reach));
    if (kept.length === this.#shapes.peek().length) return;
    this.#shapes.value = kept;
    this.#touch();
  }

  #change(shapes: readonly Shape[]): void {
    this.#remember(this.#shapes.peek());
    this.#shapes.value = shapes;
    this.#touch();
  }

  #remember(before: readonly Shape[]): void {
    this.#undo.value = [...this.#undo.peek(), before].slice(-MOST_STEPS);
    this.#redo.value = [];
  }

  #touch(): void {
    this.#revision.value++;
  }

  #sizes(): { width: number; text: number } {
    return this.bold.peek() ? SIZES.bold : SIZES.fine;
  }
}

/** A dot of the pen is one; a line from a point to itself is a slip of the hand. */
function isWorthKeeping(shape: Shape): boolean {
  return shape.type === "pen" || shape.type === "text" || distance(shape.from, shape.to) >= LEAST_SPAN;
}
