/** What TypeScript says about a place in a file; `messageText` may go on in a chain. */
export interface TypeDiagnostic {
  code: number;
  category: number;
  start?: number | undefined;
  length?: number | undefined;
  messageText: string | MessageChain;
}

interface MessageChain {
  messageText: string;
  next?: MessageChain[] | undefined;
}

const ERROR = 1;
/** "Cannot find module", as it is said for the kinds of modules. */
const NO_MODULE = new Set([2307, 2732, 2792, 2882, 7016]);
/** What asks for globals of Node, of test runners and of JSX, whose types are not here. */
const NO_GLOBAL = new Set([2503, 2580, 2581, 2582, 2591, 2875, 7026, 17004]);
/** What is only said since the types of a module are unknown: "implicitly any", calls of what is any. */
const OF_UNKNOWN = new Set([
  2347,
  7005,
  7006,
  7010,
  7011,
  7019,
  7022,
  7023,
  7024,
  7031,
  7034,
  7053,
  18046,
  18047,
  18048,
]);

const CODE_OF_PROJECT = /'"?\.{1,2}\/[^'"]*\.[cm]?[jt]sx?"?'/;
const IMPORTED = /\b(?:from|import)\s*\(?\s*(["'])([^"'\n]+)\1/g;
const HONO = /^hono(?:\/|$)/;

/** Which types a project needs beside its own, and whether it names modules whose types nobody has here. */
export interface NeededTypes {
  hono: boolean;
  deno: boolean;
  unknown: boolean;
}

/** Finds what types the files of a project need. */
export function neededTypes(texts: Iterable<string>): NeededTypes {
  const needed = { hono: false, deno: false, unknown: false };
  for (const text of texts) {
    needed.deno ||= /\bDeno\b/.test(text);
    for (const [, , specifier = ""] of text.matchAll(IMPORTED)) {
      if (HONO.test(specifier)) needed.hono = true;
      else if (!specifier.startsWith(".") || !/\.[cm]?[jt]sx?$/.test(specifier)) needed.unknown = true;
    }
  }
  return needed;
}

/**
 * Whether a person is to see what TypeScript says. What it may say only because types are missing here is left to the checks of
 * the version: a false error is worse than a missing one.
 */
export function isTrustworthy(diagnostic: TypeDiagnostic, needed: NeededTypes): boolean {
  const { code, category } = diagnostic;
  if (category !== ERROR || NO_GLOBAL.has(code)) return false;
  if (NO_MODULE.has(code)) return CODE_OF_PROJECT.test(messageOf(diagnostic.messageText));
  return !(needed.unknown && OF_UNKNOWN.has(code));
}

/** The whole of a message, what it comes from indented below it. */
export function messageOf(message: string | MessageChain, indent = ""): string {
  if (typeof message === "string") return message;
  const next = (message.next ?? []).map((each) => `\n${messageOf(each, `${indent}  `)}`);
  return indent + message.messageText + next.join("");
}
