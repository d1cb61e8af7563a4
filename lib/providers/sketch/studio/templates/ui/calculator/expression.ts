/** What is wrong with an expression, in words for the person who wrote it. */
export class ExpressionError extends Error {}

interface Token {
  kind: "number" | "name" | "sign" | "end";
  text: string;
}

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(\p{L}+|√)|([-+*/^%()!]))/uy;
/** Signs as they are written by hand, and as they are read here. */
const SAME_SIGNS: Readonly<Record<string, string>> = {
  "×": "*",
  "·": "*",
  "÷": "/",
  ":": "/",
  "−": "-",
  ",": ".",
};
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };
const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = {
  "√": Math.sqrt,
  sqrt: Math.sqrt,
  abs: Math.abs,
  ln: Math.log,
  log: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
};
const FACTORIAL_MAX = 170;

/**
 * The value of an expression such as "2 × (3 + 4)^2", written with + - * / ^ % !, parentheses, functions and constants. Angles are
 * in radians, and % means hundredths. Throws an ExpressionError where it cannot be read or has no value.
 */
export function evaluate(text: string): number {
  const parser = new Parser(tokensOf(text.replaceAll(/[×·÷:−,]/g, (sign) => SAME_SIGNS[sign] ?? sign)));
  const value = parser.sum();
  parser.expectEnd();
  if (!Number.isFinite(value)) throw new ExpressionError("This has no value");
  return value;
}

/** A value as it is shown: without the noise in its last digits. */
export function formatted(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const isLong = rounded !== 0 && (Math.abs(rounded) >= 1e12 || Math.abs(rounded) < 1e-9);
  return (isLong ? rounded.toExponential() : rounded.toLocaleString("en", {
    useGrouping: false,
    maximumFractionDigits: 12,
  })).replace("-", "−");
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    const [match, number, name, sign] = TOKEN.exec(text) ?? [];
    if (match === undefined) throw new ExpressionError(`Unexpected “${text.slice(at).trim().charAt(0)}”`);
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name.toLowerCase() });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return tokens;
}

/** Reads by recursive descent: a method for each level of precedence, from the weakest to the strongest. */
class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  sum(): number {
    let value = this.#product();
    while (this.#sees("+", "-")) {
      value = this.#take() === "+" ? value + this.#product() : value - this.#product();
    }
    return value;
  }

  expectEnd(): void {
    const { kind, text } = this.#next;
    if (kind !== "end") throw new ExpressionError(`Unexpected “${text}”`);
  }

  #product(): number {
    let value = this.#signed();
    while (this.#sees("*", "/") || this.#beginsFactor()) {
      const sign = this.#sees("*", "/") ? this.#take() : "*";
      const factor = this.#signed();
      if (sign === "/" && factor === 0) throw new ExpressionError("Nothing can be divided by zero");
      value = sign === "*" ? value * factor : value / factor;
    }
    return value;
  }

  /** "2π" and "3(1 + 2)" are products, too. */
  #beginsFactor(): boolean {
    return this.#next.kind === "name" || this.#sees("(");
  }

  #signed(): number {
    if (!this.#sees("+", "-")) return this.#power();
    return this.#take() === "-" ? -this.#signed() : this.#signed();
  }

  /** Powers are read from the right, and bind more tightly than a minus in front: -2^2 is -4. */
  #power(): number {
    const base = this.#postfix();
    if (!this.#sees("^")) return base;
    this.#take();
    return base ** this.#signed();
  }

  #postfix(): number {
    let value = this.#primary();
    while (this.#sees("%", "!")) value = this.#take() === "%" ? value / 100 : factorial(value);
    return value;
  }

  #primary(): number {
    const { kind, text } = this.#next;
    if (kind === "end") throw new ExpressionError("Something is missing at the end");
    this.#at++;
    if (kind === "number") return Number(text);
    if (kind === "name") return this.#named(text);
    if (text !== "(") throw new ExpressionError(`Unexpected “${text}”`);
    const value = this.sum();
    // At the end, parentheses may be left open.
    if (this.#sees(")")) this.#take();
    else this.expectEnd();
    return value;
  }

  #named(name: string): number {
    const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (apply) return apply(this.#postfix());
    const value = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
    if (value === undefined) throw new ExpressionError(`Unknown: “${name}”`);
    return value;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "" };
  }

  #sees(...signs: string[]): boolean {
    const { kind, text } = this.#next;
    return kind === "sign" && signs.includes(text);
  }

  #take(): string {
    const { text } = this.#next;
    this.#at++;
    return text;
  }
}

function factorial(value: number): number {
  if (!Number.isInteger(value) || value < 0) throw new ExpressionError("Only whole numbers have a factorial");
  if (value > FACTORIAL_MAX) throw new ExpressionError("This is too large");
  let product = 1;
  for (let factor = 2; factor <= value; factor++) product *= factor;
  return product;
}
