import { Parser } from "expr-eval-fork";
import { z } from "zod";
import { FreshetError } from "../shared/mod.ts";
import { defineTool, type Tool } from "./tool.ts";

const MAX_LENGTH = 1_000;

/** The functions of two or more numbers; those of one are operators of the parser. */
const FUNCTIONS: Record<string, (...numbers: number[]) => number> = {
  atan2: Math.atan2,
  gcd: (a = 0, b = 0) => greatestCommonDivisor(Math.abs(a), Math.abs(b)),
  hypot: Math.hypot,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
};

/** Arithmetic by a parser of its own: nothing is ever run as code, and there are numbers only. */
export function calculatorTool(): Tool {
  const parser = createParser();
  return defineTool({
    name: "calculator",
    title: "Calculator",
    description:
      "Calculates an arithmetic expression exactly as written. Call it for any calculation. It knows + - * / % ^ !, " +
      "comparisons, brackets, sqrt cbrt abs round floor ceil trunc sign exp ln log10 log2 sin cos tan asin acos atan (radians), " +
      "min max pow hypot atan2 gcd, and the constants pi and e.",
    parameters: z.object({
      expression: z.string().min(1).max(MAX_LENGTH).describe('For example "(12 + 7.5) * sqrt(2)"'),
    }),
    run({ expression }) {
      return `${expression} = ${format(evaluate(parser, expression))}`;
    },
  });
}

function createParser(): Parser {
  const parser = new Parser({
    allowMemberAccess: false,
    operators: {
      assignment: false,
      concatenate: false,
      fndef: false,
      in: false,
      length: false,
      random: false,
    },
  });
  // The parser asks `name in …`, which would find the members of every object.
  parser.functions = Object.assign(Object.create(null), FUNCTIONS);
  parser.consts = Object.assign(Object.create(null), { pi: Math.PI, PI: Math.PI, e: Math.E, E: Math.E });
  return parser;
}

function evaluate(parser: Parser, expression: string): number | boolean {
  const written = expression.replaceAll("**", "^").replace(/[×·]/g, "*").replaceAll("÷", "/").replaceAll(
    "−",
    "-",
  );
  let result: unknown;
  try {
    result = parser.parse(written).evaluate();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FreshetError("invalid_request", `Cannot calculate ${expression}: ${reason}`, { cause });
  }
  if (typeof result === "number" || typeof result === "boolean") return result;
  throw new FreshetError("invalid_request", `Cannot calculate ${expression}: the result is no number`);
}

/** Fifteen digits: the last ones of a binary fraction ("0.30000000000000004") are not the person's. */
function format(result: number | boolean): string {
  if (typeof result === "boolean") return String(result);
  if (Number.isNaN(result)) return "not defined";
  if (!Number.isFinite(result)) return result > 0 ? "too large (infinity)" : "too small (-infinity)";
  return Number.isSafeInteger(result) ? String(result) : String(Number(result.toPrecision(15)));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
