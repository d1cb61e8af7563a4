import { type Signal, signal } from "@preact/signals";
import type { Drawing } from "./drawing.ts";
import type { Point } from "./shapes.ts";

/** Units that an arrow key moves the cross, and with Shift. */
const STEP = 10;
const LARGE_STEP = 60;
/** How far an eraser reaches from the cross. */
const REACH = 14;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Draws with the keyboard: arrow keys move a cross, Space or Enter sets the pen down and lifts it. */
export class KeyInput {
  /** Where the cross is; null until a key moved it. */
  readonly cross: Signal<Point | null> = signal(null);
  readonly #drawing: Drawing;
  readonly #onText: (at: Point) => void;

  constructor(drawing: Drawing, onText: (at: Point) => void) {
    this.#drawing = drawing;
    this.#onText = onText;
  }

  /** Takes a key that was pressed on the canvas; false where it means nothing here. */
  press(key: string, isLarge: boolean): boolean {
    const arrow = ARROWS[key];
    if (arrow) {
      this.#move(arrow, isLarge ? LARGE_STEP : STEP);
      return true;
    }
    if (key === " " || key === "Enter") {
      this.#toggle();
      return true;
    }
    if (key !== "Escape" || !this.#drawing.isDrawing) return false;
    this.#drawing.cancel();
    return true;
  }

  #move([dx, dy]: readonly [number, number], step: number): void {
    const { width, height } = this.#drawing;
    const { x, y } = this.#place();
    const to = {
      x: Math.min(width, Math.max(0, x + dx * step)),
      y: Math.min(height, Math.max(0, y + dy * step)),
    };
    this.cross.value = to;
    this.#drawing.move(to);
  }

  #toggle(): void {
    const at = this.cross.value = this.#place();
    if (this.#drawing.isDrawing) this.#drawing.end();
    else if (this.#drawing.tool.peek() === "text") this.#onText(at);
    else this.#drawing.begin(at, REACH);
  }

  #place(): Point {
    return this.cross.peek() ?? { x: this.#drawing.width / 2, y: this.#drawing.height / 2 };
  }
}
