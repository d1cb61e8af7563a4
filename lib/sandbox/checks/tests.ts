import type { CheckProblem } from "../../shared/mod.ts";
import { cleanText, lastLines } from "../problems.ts";
import { readPermission } from "../toolchain.ts";
import { testFiles } from "./context.ts";
import type { CheckContext, Finding } from "./context.ts";

/** Runs the project's tests, which may read the project and nothing else. */
export async function checkTests(context: CheckContext): Promise<Finding> {
  const { files, job, toolchain, signal } = context;
  const tests = testFiles(files);
  if (tests.length === 0) return { skipped: "There are no tests" };
  const outcome = await toolchain.run(job, {
    subcommand: "test",
    permissions: [readPermission(job)],
    args: tests.map(({ path }) => `./project/${path}`),
  }, signal);
  if (outcome.isTimedOut) {
    const seconds = toolchain.limits.checkMs / 1000;
    return { problems: [{ message: `The tests did not end within ${seconds} s` }] };
  }
  if (outcome.isFlooded) return { problems: [{ message: "The tests write too much" }] };
  if (outcome.code === 0) return { problems: [] };
  const problems = failures(cleanText(outcome.stdout, job));
  if (problems.length > 0) return { problems };
  const said = cleanText(`${outcome.stdout}\n${outcome.stderr}`, job);
  return { problems: [{ message: lastLines(said) || `The tests ended with code ${outcome.code}` }] };
}

/** Reads the part of the report between ERRORS and FAILURES: a line "name => file:line:column" and what was thrown for each. */
function failures(report: string): CheckProblem[] {
  const [, errors = ""] = /^ ERRORS \n([\s\S]*?)^ FAILURES /m.exec(report) ?? [];
  return errors.split(/^(?=.+ => \S+:\d+:\d+$)/m).flatMap((part) => {
    const [, name, path, line, column, thrown = ""] =
      /^(.+) => (?:\.\/)?(\S+):(\d+):(\d+)\n([\s\S]*)$/.exec(part.trimStart()) ?? [];
    if (!name || !path) return [];
    const said = thrown.replace(/^error: /, "").split(/\n(?=\s+at )/)[0] ?? "";
    return [{
      path,
      line: Number(line),
      column: Number(column),
      message: `Test "${name}" fails: ${said.trim()}`,
    }];
  });
}
