import type { CheckProblem, ProjectFile } from "../../shared/mod.ts";
import type { CheckContext, Finding } from "./context.ts";
import { cssProblems } from "./css.ts";
import { readHtml } from "./html.ts";

const PARSED = /\.(?:[cm]?[jt]s|[jt]sx|json|html?|css)$/i;

/** Whether every file can be parsed: code and JSON for certain, HTML and CSS as far as browsers do not forgive. */
export async function checkParse(context: CheckContext): Promise<Finding> {
  if (!context.files.some(({ path }) => PARSED.test(path))) return { skipped: "There is nothing to parse" };
  const problems = context.files.flatMap(fileProblems);
  return { problems: [...(await context.lint()).syntaxErrors, ...problems] };
}

function fileProblems({ path, content }: ProjectFile): CheckProblem[] {
  if (/\.json$/i.test(path)) return jsonProblems(path, content);
  if (/\.css$/i.test(path)) return cssProblems(content).map((problem) => ({ path, ...problem }));
  if (/\.html?$/i.test(path)) return readHtml(content).problems.map((problem) => ({ path, ...problem }));
  return [];
}

function jsonProblems(path: string, content: string): CheckProblem[] {
  try {
    JSON.parse(content);
    return [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error.message) ?? [];
    const message = error.message.replace(/ \(line \d+ column \d+\)$/, "");
    return [{ path, ...(line && column ? { line: Number(line), column: Number(column) } : {}), message }];
  }
}
