import { codeFiles } from "./context.ts";
import type { CheckContext, Finding } from "./context.ts";

/** Mistakes that the linter knows: unreachable code, duplicate keys, conditions that never change, … */
export async function checkLint(context: CheckContext): Promise<Finding> {
  if (codeFiles(context.files).length === 0) return { skipped: "There is no code" };
  return { problems: (await context.lint()).problems };
}
