import { price } from "./format.ts";
import type { Candle } from "./market.ts";

const RIGHT = 76;
const BOTTOM = 26;
const TOP = 12;
const LINES = 5;

/** How candles are drawn. */
export type ChartKind = "candles" | "line";

interface Scale {
  x(index: number): number;
  y(value: number): number;
  step: number;
  width: number;
  height: number;
  low: number;
  high: number;
}

/** A chart of prices on a canvas, as sharp as the screen allows. */
export class Chart {
  readonly #canvas: HTMLCanvasElement;
  #candles: readonly Candle[] = [];
  #kind: ChartKind = "candles";
  #pointed: number | undefined;

  /** `read` is told which candle the pointer is on. */
  constructor(canvas: HTMLCanvasElement, read: (candle: Candle | undefined) => void) {
    this.#canvas = canvas;
    const point = (x: number | undefined) => {
      const count = this.#candles.length;
      const width = canvas.clientWidth - RIGHT;
      this.#pointed = x === undefined || x > width
        ? undefined
        : Math.min(count - 1, Math.floor(x / width * count));
      read(this.#pointed === undefined ? undefined : this.#candles[this.#pointed]);
      this.draw();
    };
    canvas.addEventListener("pointermove", (event) => point(event.offsetX));
    canvas.addEventListener("pointerleave", () => point(undefined));
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    new MutationObserver(() => this.draw()).observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
  }

  show(candles: readonly Candle[], kind: ChartKind): void {
    this.#candles = candles;
    this.#kind = kind;
    this.draw();
  }

  draw(): void {
    const context = this.#canvas.getContext("2d");
    const { clientWidth, clientHeight } = this.#canvas;
    if (!context || this.#candles.length === 0 || clientWidth === 0) return;
    const ratio = globalThis.devicePixelRatio || 1;
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = Math.round(clientHeight * ratio);
    context.scale(ratio, ratio);
    context.font = "12px system-ui, sans-serif";
    const scale = scaleOf(this.#candles, clientWidth - RIGHT, clientHeight - BOTTOM);
    drawGrid(context, scale, this.#candles);
    if (this.#kind === "candles") drawCandles(context, scale, this.#candles);
    else drawLine(context, scale, this.#candles);
    if (this.#pointed !== undefined) drawPointer(context, scale, this.#pointed);
  }
}

function scaleOf(candles: readonly Candle[], width: number, height: number): Scale {
  const low = Math.min(...candles.map((candle) => candle.low));
  const high = Math.max(...candles.map((candle) => candle.high));
  const step = width / candles.length;
  return {
    x: (index) => (index + 0.5) * step,
    y: (value) => TOP + (high - value) / (high - low || 1) * (height - TOP * 2),
    step,
    width,
    height,
    low,
    high,
  };
}

/** The colours are those of the page, as it is now. The canvas cannot resolve light-dark() itself. */
function color(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function drawGrid(context: CanvasRenderingContext2D, scale: Scale, candles: readonly Candle[]): void {
  context.strokeStyle = color("--line");
  context.fillStyle = color("--muted");
  context.lineWidth = 1;
  context.textBaseline = "middle";
  for (let line = 0; line < LINES; line++) {
    const value = scale.low + (scale.high - scale.low) * line / (LINES - 1);
    const y = Math.round(scale.y(value)) + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(scale.width, y);
    context.stroke();
    context.fillText(price(value), scale.width + 6, y);
  }
  const isDay = (candles.at(-1)?.startsAt ?? 0) - (candles[0]?.startsAt ?? 0) < 2 * 86_400_000;
  const every = Math.ceil(candles.length / Math.max(2, Math.floor(scale.width / 90)));
  for (let index = Math.floor(every / 2); index < candles.length; index += every) {
    const date = new Date(candles[index]?.startsAt ?? 0);
    const text = isDay
      ? date.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hour12: false })
      : date.toLocaleDateString("en", { month: "short", day: "numeric" });
    context.fillText(text, scale.x(index) - context.measureText(text).width / 2, scale.height + 14);
  }
}

function drawCandles(context: CanvasRenderingContext2D, scale: Scale, candles: readonly Candle[]): void {
  const [up, down] = [color("--good"), color("--bad")];
  const width = Math.max(1, Math.min(14, scale.step * 0.65));
  for (const [index, { open, high, low, close }] of candles.entries()) {
    const x = scale.x(index);
    context.fillStyle = close >= open ? up : down;
    context.fillRect(x - 0.5, scale.y(high), 1, scale.y(low) - scale.y(high));
    const top = scale.y(Math.max(open, close));
    context.fillRect(x - width / 2, top, width, Math.max(1, scale.y(Math.min(open, close)) - top));
  }
}

function drawLine(context: CanvasRenderingContext2D, scale: Scale, candles: readonly Candle[]): void {
  const accent = color("--accent");
  context.beginPath();
  for (const [index, { close }] of candles.entries()) context.lineTo(scale.x(index), scale.y(close));
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.stroke();
  context.lineTo(scale.x(candles.length - 1), scale.height);
  context.lineTo(scale.x(0), scale.height);
  context.globalAlpha = 0.12;
  context.fillStyle = accent;
  context.fill();
  context.globalAlpha = 1;
}

function drawPointer(context: CanvasRenderingContext2D, scale: Scale, index: number): void {
  context.strokeStyle = color("--muted");
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(scale.x(index), 0);
  context.lineTo(scale.x(index), scale.height);
  context.stroke();
  context.setLineDash([]);
}
