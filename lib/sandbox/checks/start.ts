import { posix } from "node:path";
import { type Clock, systemClock } from "../../host/mod.ts";
import type { CheckProblem, ProjectFile } from "../../shared/mod.ts";
import { launch } from "../launch.ts";
import { cleanText, lastLines } from "../problems.ts";
import type { CheckContext, Finding } from "./context.ts";
import { type HtmlReference, readHtml } from "./html.ts";

const PAGES = ["index.html", "public/index.html"];
const ANSWER_MS_MAX = 10_000;

/**
 * Whether the project starts: an API answers something on `/`, whatever its status; a UI has a page, and all that the page names
 * is there.
 */
export async function checkStart(context: CheckContext, clock: Clock = systemClock): Promise<Finding> {
  const { kinds, files } = context;
  if (kinds.length === 0) return { skipped: "The project is neither a page nor an API" };
  const problems: CheckProblem[] = [];
  if (kinds.includes("ui")) problems.push(...pageProblems(files));
  if (kinds.includes("api")) problems.push(...await serverProblems(context, clock));
  return { problems };
}

function pageProblems(files: readonly ProjectFile[]): CheckProblem[] {
  const page = PAGES.map((path) => files.find((file) => file.path === path)).find((file) =>
    file !== undefined
  );
  if (!page) return [{ message: "There is no index.html" }];
  const paths = new Set(files.map(({ path }) => path));
  return readHtml(page.content).references.flatMap((reference) =>
    referenceProblem(page.path, reference, paths)
  );
}

function referenceProblem(
  page: string,
  reference: HtmlReference,
  paths: ReadonlySet<string>,
): CheckProblem[] {
  const { url, line, column, isEssential } = reference;
  const place = { path: page, line, column };
  if (/^(?:https?:)?\/\//i.test(url)) {
    const message = `Cannot load ${JSON.stringify(url)}: nothing can be loaded from the network`;
    return isEssential ? [{ ...place, message }] : [];
  }
  if (url.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(url)) return [];
  const name = decode(url.replace(/[?#].*$/s, ""));
  if (name === undefined || name === "") return [];
  const folder = posix.dirname(page);
  const path = posix.normalize(name.startsWith("/") ? posix.join(folder, name) : posix.join(folder, name));
  if (paths.has(path) || paths.has(posix.join(path, "index.html"))) return [];
  return [{ ...place, message: `Cannot load ${JSON.stringify(url)}: there is no such file` }];
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

async function serverProblems(
  { files, toolchain, signal }: CheckContext,
  clock: Clock,
): Promise<CheckProblem[]> {
  if (!files.some(({ path }) => path === "main.ts")) return [{ message: "There is no main.ts" }];
  const process = await launch(files, toolchain, clock, signal);
  try {
    if (process.state === "running") {
      const timeout = AbortSignal.timeout(ANSWER_MS_MAX);
      const request = new Request(process.url, {
        signal: AbortSignal.any(signal ? [signal, timeout] : [timeout]),
      });
      try {
        await (await process.fetch(request)).body?.cancel();
        return [];
      } catch (error) {
        signal?.throwIfAborted();
        return [{
          path: "main.ts",
          message: `It does not answer: ${error instanceof Error ? error.message : error}`,
        }];
      }
    }
    signal?.throwIfAborted();
    const { reason } = await process.exited;
    const said = lastLines(cleanText(process.lines().map(({ text }) => text).join("\n"), process.job));
    return [{ path: "main.ts", message: `It does not start: ${reason}${said ? `\n${said}` : ""}` }];
  } finally {
    await process.stop();
  }
}
