import type { CheckProblem } from "../../shared/mod.ts";
import { cleanText, lastLines } from "../problems.ts";
import { codeFiles } from "./context.ts";
import type { CheckContext, Finding } from "./context.ts";
import { ENTRY } from "./module_graph.ts";

const LOCATION = /^\s+at (\S+?):(\d+):(\d+)$/m;

/** Whether the types are right. TypeScript of a browser's project must also run once its types are removed. */
export async function checkTypes(context: CheckContext): Promise<Finding> {
  const { files, kinds, job, toolchain, signal } = context;
  if (!codeFiles(files).some(({ path }) => /\.(?:[cm]?ts|tsx)$/.test(path))) {
    return { skipped: "There is no TypeScript" };
  }
  await context.graph();
  const { typesConfig, browserTypesConfig } = toolchain.workspace;
  const config = kinds.includes("api") ? typesConfig : browserTypesConfig;
  const outcome = await toolchain.run(job, { subcommand: "check", args: [ENTRY], config }, signal);
  if (outcome.isTimedOut) return { problems: [{ message: "The type checker did not end in time" }] };
  if (outcome.code === 0) return { problems: [] };
  const said = cleanText(outcome.stderr, job);
  const problems = said.split(/^(?=TS\d+ \[ERROR\]: )/m).filter((part) => part.startsWith("TS")).map(
    typeProblem,
  );
  return { problems: problems.length > 0 ? problems : [{ message: lastLines(said) }] };
}

function typeProblem(part: string): CheckProblem {
  const [, code = "", rest = ""] = /^(TS\d+) \[ERROR\]: ([\s\S]*)$/.exec(part) ?? [];
  const location = LOCATION.exec(rest);
  const text = location ? rest.slice(0, location.index) : rest;
  // The last two lines show the code and underline it.
  const lines = text.trimEnd().split("\n");
  const underline = lines.findLastIndex((line) => /^\s*~+\s*$/.test(line));
  const message = `${code}: ${lines.slice(0, underline > 0 ? underline - 1 : undefined).join("\n").trim()}`;
  if (!location) return { message };
  const [, path = "", line, column] = location;
  return { path: decodeURIComponent(path), line: Number(line), column: Number(column), message };
}
