import type { BenchmarkPrompt, JsonValue } from "../../../shared/mod.ts";

/** Programs in JavaScript with what they return: a test runs them and compares. */
export const PROGRAMS: readonly (readonly [program: string, result: JsonValue])[] = [
  ["let sum = 0;\nfor (let i = 1; i <= 10; i++) if (i % 3 === 0) sum += i;\nreturn sum;", 18],
  ['return "stressed".split("").reverse().join("");', "desserts"],
  ['return [5, 1, 10, 2].sort().join(",");', "1,10,2,5"],
  ["const a = [1, 2, 3];\nconst b = a;\nb.push(4);\nreturn a.length;", 4],
  ["const f = (n) => n < 2 ? n : f(n - 1) + f(n - 2);\nreturn f(10);", 55],
  ["return [1, 2, 3, 4].map((n) => n * n).filter((n) => n > 3).reduce((x, y) => x + y, 0);", 29],
  ["let n = 27, steps = 0;\nwhile (n > 20) { n -= 2; steps++; }\nreturn steps;", 4],
  ["return typeof null;", "object"],
  ["return 7 & 12;", 4],
  ["return 5 ^ 3;", 6],
  ["return Math.floor(-2.5) + Math.ceil(2.1);", 0],
  ['const words = "the cat and the hat and the mat".split(" ");\nreturn new Set(words).size;', 5],
  ["const stack = [];\nfor (const n of [3, 8, 5]) stack.push(n);\nstack.pop();\nreturn stack.pop();", 8],
  ["let x = 1;\n{ let x = 2; x++; }\nreturn x;", 1],
  [
    'const counters = {};\nfor (const c of "banana") counters[c] = (counters[c] ?? 0) + 1;\nreturn counters.a * 10 + counters.n;',
    32,
  ],
  ["const gcd = (a, b) => b === 0 ? a : gcd(b, a % b);\nreturn gcd(48, 180);", 12],
  ['return [..."hello"].filter((c) => "aeiou".includes(c)).length;', 2],
  ['return parseInt("1011", 2);', 11],
  [
    'const matrix = [[1, 2], [3, 4]];\nreturn matrix[0].map((_, i) => matrix.map((row) => row[i])).flat().join("");',
    "1324",
  ],
  ['let s = "";\nfor (let i = 0; i < 4; i++) { if (i === 2) continue; s += i; }\nreturn s;', "013"],
  [
    "const a = [4, 9, 2, 7];\nlet best = 0;\nfor (const n of a) if (n > best && n % 2 === 1) best = n;\nreturn best;",
    9,
  ],
  ["const add = (a) => (b) => a + b;\nreturn add(3)(add(4)(5));", 12],
  ["return [3, 1, 2].toSorted((a, b) => b - a).indexOf(1);", 2],
  ["const { a, ...rest } = { a: 1, b: 2, c: 3 };\nreturn Object.keys(rest).length + a;", 3],
];

/** Programs to read: what do they return? */
export function code(): BenchmarkPrompt[] {
  return PROGRAMS.map(([program, result]) => ({
    text: "What does this JavaScript function return?\n\n```js\nfunction run() {\n" +
      program.split("\n").map((line) => `  ${line}`).join("\n") +
      "\n}\n```\n\nAnswer with the returned value only, without quotes or a sentence around it.",
    grader: typeof result === "number"
      ? { type: "number", answer: result }
      : { type: "exact", answers: [String(result)] },
  }));
}
