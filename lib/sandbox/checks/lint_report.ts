import type { CheckProblem } from "../../shared/mod.ts";
import { cleanText, pathInProject } from "../problems.ts";
import { codeFiles } from "./context.ts";
import type { LintReport } from "./reports.ts";
import type { CheckContext } from "./context.ts";
import { readHtml } from "./html.ts";

/**
 * Recommended rules that say how code should look, not that it does something else than was meant. A model asked to repair those
 * spends a round on working code; and `window` and `process` are no mistakes in pages and in servers.
 */
const EXCLUDED = [
  "ban-ts-comment",
  "ban-types",
  "ban-untagged-todo",
  "ban-untagged-ignore",
  "jsx-button-has-type",
  "jsx-curly-braces",
  "jsx-no-useless-fragment",
  "no-empty",
  "no-empty-interface",
  "no-explicit-any",
  "no-import-prefix",
  "no-inferrable-types",
  "no-inner-declarations",
  "no-node-globals",
  "no-process-global",
  "no-sloppy-imports",
  "no-unused-vars",
  "no-unversioned-import",
  "no-window",
  "no-window-prefix",
  "prefer-as-const",
  "prefer-const",
  "prefer-namespace-keyword",
  "require-await",
  "verbatim-module-syntax",
  "no-var",
];

interface LintOutput {
  diagnostics: {
    filename: string;
    code: string;
    message: string;
    range: { start: { line: number; col: number } };
  }[];
  errors: { file_path: string; message: string }[];
}

/** Scripts within pages, as files of their own that keep lines and columns. */
interface InlineScripts {
  /** Path of the script's file → path of the page. */
  pages: Map<string, string>;
}

/** Lints all code, scripts within HTML too, of which only the syntax is judged. */
export async function readLintReport(context: Omit<CheckContext, "graph" | "lint">): Promise<LintReport> {
  const { files, job, toolchain, signal } = context;
  const inline = await writeInlineScripts(context);
  const paths = [
    ...codeFiles(files).map(({ path }) => `./project/${path}`),
    ...[...inline.pages.keys()].map((path) => `./${path}`),
  ];
  if (paths.length === 0) return { syntaxErrors: [], problems: [] };
  const outcome = await toolchain.run(job, {
    subcommand: "lint",
    args: ["--json", "--permit-no-files", `--rules-exclude=${EXCLUDED.join(",")}`, ...paths],
  }, signal);
  if (!outcome.stdout.startsWith("{")) {
    return {
      syntaxErrors: [{ message: cleanText(outcome.stderr, job) || "The linter did not end" }],
      problems: [],
    };
  }
  const output = JSON.parse(outcome.stdout) as LintOutput;
  return {
    syntaxErrors: output.errors.map((error) => syntaxError(error, context, inline)),
    problems: output.diagnostics.flatMap(({ filename, code, message, range }) => {
      const path = pathInProject(filename, job);
      if (path === undefined) return [];
      return [{ path, line: range.start.line, column: range.start.col + 1, message: `${message} (${code})` }];
    }),
  };
}

function syntaxError(
  { file_path, message }: LintOutput["errors"][number],
  { job }: Pick<CheckContext, "job">,
  inline: InlineScripts,
): CheckProblem {
  const relative = file_path.slice(job.directory.length + 1).replaceAll("\\", "/");
  const path = inline.pages.get(relative) ?? relative.replace(/^project\//, "");
  const [, line, column] = /:(\d+):(\d+)\s*$/.exec(message) ?? [];
  const said = message.split("\n")[0] ?? message;
  return {
    path,
    ...(line && column ? { line: Number(line), column: Number(column) } : {}),
    message: cleanText(said, job),
  };
}

async function writeInlineScripts(
  { files, job }: Pick<CheckContext, "files" | "job">,
): Promise<InlineScripts> {
  const pages = new Map<string, string>();
  for (const { path, content } of files) {
    if (!/\.html?$/i.test(path)) continue;
    for (const { line, column, text, isModule } of readHtml(content).scripts) {
      const name = `inline/${pages.size}.${isModule ? "mjs" : "js"}`;
      const before = "\n".repeat(line - 1) + " ".repeat(column - 1);
      await job.write(name, before + text);
      pages.set(name, path);
    }
  }
  return { pages };
}
