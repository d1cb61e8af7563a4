import type { CheckProblem } from "../../shared/mod.ts";

const CLOSER: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };
/** Comments, strings, escapes, brackets and line breaks; a string ends with its line at the latest. */
const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*(?:"|$|(?=\n))|'(?:\\[\s\S]|[^'\\\n])*(?:'|$|(?=\n))|url\((?!\s*["'])[^)]*(?:\)|$)|\\[\s\S]|[{}()[\]]/g;

/**
 * Whether the brackets, strings and comments of a style sheet are closed. Browsers skip declarations they do not know, so no more
 * can be called wrong; an answer that broke off is found.
 */
export function cssProblems(source: string): CheckProblem[] {
  const open: { bracket: string; index: number }[] = [];
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (token.startsWith("/*") && (token.length < 4 || !token.endsWith("*/"))) {
      return [at(source, index, "A comment is not closed")];
    }
    if (/^["']/.test(token) && (token.length < 2 || !token.endsWith(token.charAt(0)))) {
      return [at(source, index, "A string is not closed")];
    }
    if (token.startsWith("url(") && !token.endsWith(")")) return [at(source, index + 3, `"(" is not closed`)];
    if (token in CLOSER) open.push({ bracket: token, index });
    else if (/^[)}\]]$/.test(token)) {
      const last = open.pop();
      if (!last) return [at(source, index, `"${token}" closes nothing`)];
      if (CLOSER[last.bracket] !== token) return [at(source, last.index, `"${last.bracket}" is not closed`)];
    }
  }
  return open.slice(-1).map(({ bracket, index }) => at(source, index, `"${bracket}" is not closed`));
}

function at(source: string, index: number, message: string): CheckProblem {
  const before = source.slice(0, index);
  return { line: before.split("\n").length, column: index - before.lastIndexOf("\n"), message };
}
