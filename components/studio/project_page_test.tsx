import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import type { ProjectPageData } from "../../lib/client/studio/page_data.ts";
import {
  projectAt,
  sampleFiles,
  sampleGenerating,
  samplePageData,
  sampleVersion,
} from "../../lib/client/studio/testing/samples.ts";
import {
  initialRunState,
  reduceRun,
  type RunEvent,
  type RunSnapshot,
  type Version,
} from "../../lib/shared/mod.ts";
import { textsOf } from "../../lib/shared/texts/mod.ts";
import { ProjectWorkspace } from "./ProjectWorkspace.tsx";

const change = (path: string, operation: "created" | "modified" | "deleted") => ({
  path,
  operation,
  addedLines: 3,
  removedLines: 0,
});

function html(data: ProjectPageData, language: "en" | "de" = "en"): string {
  return render(<ProjectWorkspace data={data} texts={textsOf(language, ["common", "studio"])} />);
}

function finished(changes: Partial<Version> = {}, language: "en" | "de" = "en"): string {
  const version = sampleVersion(1, {
    title: "Todo list",
    answer: "It **keeps** todos. <img src=x onerror=alert(1)>",
    changes: [change("main.ts", "created"), change("lib/list.ts", "created")],
    fileCount: 2,
    ...changes,
  });
  const files = sampleFiles(version, { "main.ts": "const a = 1 < 2;", "lib/list.ts": "" });
  return html(samplePageData(projectAt("v1"), [version], files), language);
}

/** A page in the middle of the making of v2. */
function running(events: RunEvent[]): string {
  const begin: RunEvent = { type: "version:start", versionId: "v2", versionNumber: 2, branch: "main" };
  const state = [begin, ...events].reduce(
    (state, event, i) => reduceRun(state, { seq: i + 1, event }),
    initialRunState(),
  );
  const v1 = sampleVersion(1);
  const data = samplePageData(
    projectAt("v1", "v2"),
    [sampleGenerating(2), v1],
    sampleFiles(v1, { "main.ts": "const a = 1;", "old.ts": "" }),
  );
  const subject = { type: "project", projectId: "p1", versionId: "v2" } as const;
  const snapshot: RunSnapshot = { run: { id: "r2", subject, status: "running", startedAt: 0 }, state };
  return html({ ...data, running: [snapshot] });
}

Deno.test("a version is rendered on the server: prompt, card, answer and the open file", () => {
  const page = finished();
  assertStringIncludes(page, "Prompt 1");
  assertStringIncludes(page, "<strong>keeps</strong>");
  assertFalse(page.includes("<img src=x"), "HTML of a model must be escaped");
  assertStringIncludes(page, "const a = 1 &lt; 2;");
  assertMatch(page, /role="treeitem"[^>]*aria-selected="true"[^>]*>.*main\.ts/s);
});

Deno.test("the card comes before the answer, folded, and has its files only once it is opened", () => {
  const page = finished({ changes: [change("main.ts", "modified"), change("old.ts", "deleted")] });
  assert(page.indexOf("version-card") < page.indexOf("<strong>keeps</strong>"));
  assertMatch(page, /class="version-card__toggle"[^>]*aria-expanded="false"/);
  assertMatch(page, /class="version-card__files"[^>]*hidden/);
  assertStringIncludes(page, ">2 files<");
  assertFalse(page.includes("changed-file"), "a folded card has no files");
});

Deno.test("of many versions the newest turns are rendered, with a link to the earlier ones", () => {
  const versions = Array.from({ length: 30 }, (_, i) => sampleVersion(30 - i));
  const data = samplePageData(projectAt("v30"), versions);
  const turns = (page: string) => page.match(/id="turn-v\d+"/g) ?? [];
  const page = html(data);
  assertEquals([turns(page).length, turns(page)[0]], [20, 'id="turn-v11"']);
  assertMatch(page, /<a [^>]*href="\?turns=all"[^>]*>.*Show earlier versions/s);
  const all = html({ ...data, allTurns: true });
  assertEquals([turns(all).length, all.includes("?turns=all")], [30, false]);
  assertFalse(page.includes('role="option"'), "a closed picker has no items");
});

Deno.test("what the checks found stands on the version, and names the place", () => {
  const problems = [{ path: "main.ts", line: 7, message: "Type string is no number" }];
  const results = [{ check: "types" as const, outcome: "failed" as const, problems, durationMs: 12 }];
  const page = finished({ validation: { outcome: "failed", results, repairs: 2 } });
  assertMatch(page, /<details class="checks" open/);
  assertMatch(page, /Type string is no number.*main\.ts:7/s);
  assertStringIncludes(page, "checks found problems");
});

Deno.test("a version that was not validated says so, with the reason", () => {
  const page = finished({
    validation: { outcome: "not_validated", reason: "There is no deno here", results: [], repairs: 0 },
  });
  assertStringIncludes(page, "not validated: There is no deno here");
});

Deno.test("a version that failed says why, keeps its files, and can be tried again", () => {
  const error = { code: "stalled" as const, message: "The model fell silent", hint: "Try another one" };
  const page = finished({ status: "failed", error });
  assertMatch(page, /role="alert".*The model fell silent.*Try another one.*kept: 2.*Try again/s);
});

Deno.test("a page in mid-stream shows the progress, the file that is written, and what waits", () => {
  const page = running([
    { type: "step:start", step: "planning" },
    { type: "planning", message: "Two files", files: ["main.ts", "new.ts"] },
    { type: "activity", activity: { type: "read", path: "main.ts" } },
    { type: "step:start", step: "generating" },
    { type: "file:generating", filePath: "new.ts" },
    { type: "code:chunk", filePath: "new.ts", chunk: "export const n = 1;", startLine: 1 },
  ]);
  assertStringIncludes(page, "Read main.ts");
  assertStringIncludes(page, "Generating new.ts (1/2 files)");
  assertStringIncludes(page, "AI is generating v2…");
  assertMatch(page, /aria-current="step"[^>]*>.*Generating/s);
  assertMatch(page, /tree-line--generating[^>]*>.*new\.ts/s);
  assertStringIncludes(page, "export const n = 1;");
});

Deno.test("many files that were read are one line", () => {
  const page = running(
    ["a", "b", "c", "d"].map((path) => ({ type: "activity", activity: { type: "read", path } })),
  );
  assertStringIncludes(page, "Read 4 files");
});

Deno.test("a project shows the tabs that its kind has", () => {
  const tabs = (kinds: ("ui" | "api")[]) => {
    const page = html(samplePageData(projectAt(null, undefined, { kinds }), []));
    return ["preview", "run"].filter((tab) => page.includes(`id="tab-${tab}"`));
  };
  assertEquals([tabs(["ui"]), tabs(["api"]), tabs(["ui", "api"])], [["preview"], ["run"], [
    "preview",
    "run",
  ]]);
});

Deno.test("an empty project invites a prompt, and names of people are text", () => {
  const page = html(samplePageData(projectAt(null, undefined, { name: "<b>Mine</b>" }), []));
  assertStringIncludes(page, "Say what you want to build");
  assertStringIncludes(page, "&lt;b>Mine&lt;/b>");
});

Deno.test("everything is said in German too", () => {
  const page = finished({}, "de");
  assertStringIncludes(page, "Was kommt als Nächstes?");
  assertFalse(/studio\.[a-z]/i.test(page), "a text is missing");
});
