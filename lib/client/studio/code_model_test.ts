import { signal } from "@preact/signals";
import { assertEquals } from "@std/assert";
import type { Version } from "../../shared/mod.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { CodeModel } from "./code_model.ts";
import type { Contents } from "./file_store.ts";
import { LiveVersion } from "./live_version.ts";
import { sampleGenerating, sampleVersion } from "./testing/samples.ts";

function codeModel(files: Record<string, string> = { "app.ts": "a", "main.ts": "m" }) {
  const sources = {
    version: signal<Version | undefined>(sampleVersion(1)),
    live: signal<LiveVersion | null>(null),
    contents: signal<Contents | undefined>(new Map(Object.entries(files))),
    lockedPaths: signal<readonly string[]>([]),
  };
  return { sources, code: new CodeModel(sources) };
}

/** A version that is being made, with the event numbers counted. */
function liveVersion(number = 2) {
  const live = new LiveVersion({
    runId: `r${number}`,
    version: sampleGenerating(number),
    clock: new FakeClock(),
    smooth: () => false,
  });
  let seq = 0;
  const apply = (event: Parameters<LiveVersion["apply"]>[0]["event"]) => live.apply({ seq: ++seq, event });
  apply({ type: "version:start", versionId: `v${number}`, versionNumber: number, branch: "main" });
  return { live, apply };
}

Deno.test("the program's entry is open first, then what was chosen", () => {
  const { code } = codeModel();
  assertEquals(code.openPath.value, "main.ts");
  code.open("app.ts");
  assertEquals(code.openPath.value, "app.ts");
});

Deno.test("a file of another version that is not in this one gives way", () => {
  const { code, sources } = codeModel();
  code.open("app.ts");
  sources.contents.value = new Map([["main.ts", "m"]]);
  assertEquals(code.openPath.value, "main.ts");
});

Deno.test("files say what became of them, whether they are locked and edited", () => {
  const { code, sources } = codeModel();
  sources.version.value = sampleVersion(2, {
    changes: [
      { path: "app.ts", operation: "modified", addedLines: 1, removedLines: 1 },
      { path: "old.ts", operation: "deleted", addedLines: 0, removedLines: 3 },
    ],
  });
  sources.lockedPaths.value = ["main.ts"];
  code.edit("app.ts", "b");
  assertEquals(code.files.value, [
    { path: "app.ts", state: "modified", edited: true, locked: false },
    { path: "main.ts", state: "same", edited: false, locked: true },
    { path: "old.ts", state: "deleted", edited: false, locked: false },
  ]);
});

Deno.test("while a version is made, the file that is written is open, until somebody opens another one", () => {
  const { code, sources } = codeModel();
  const { live, apply } = liveVersion();
  sources.version.value = live.version;
  sources.live.value = live;
  assertEquals([code.openPath.value, code.canEdit.value], ["main.ts", false]);
  apply({ type: "file:generating", filePath: "new.ts" });
  assertEquals(code.openPath.value, "new.ts");
  apply({ type: "code:chunk", filePath: "new.ts", chunk: "let n;", startLine: 1 });
  assertEquals(code.textOf("new.ts"), "let n;");
  code.open("app.ts");
  apply({ type: "file:complete", filePath: "new.ts", operation: "created" });
  apply({ type: "file:generating", filePath: "app.ts" });
  apply({ type: "file:generating", filePath: "main.ts" });
  assertEquals([code.openPath.value, code.following.value], ["app.ts", false]);
  code.follow();
  assertEquals(code.openPath.value, "main.ts");
  assertEquals(code.files.value.map(({ path, state }) => `${path} ${state}`), [
    "app.ts generating",
    "main.ts generating",
    "new.ts created",
  ]);
});

Deno.test("edits survive going to other files and versions, and are saved on the version they were made to", () => {
  const { code, sources } = codeModel();
  code.edit("app.ts", "b");
  code.open("main.ts");
  assertEquals(code.textOf("app.ts"), "b");
  sources.version.value = sampleVersion(2);
  assertEquals([code.textOf("app.ts"), code.canEdit.value], ["a", false]);
  code.edit("app.ts", "c");
  assertEquals(code.changes, { parentId: "v1", files: [{ path: "app.ts", content: "b" }] });
  sources.version.value = sampleVersion(1);
  assertEquals([code.textOf("app.ts"), code.editedId.value], ["b", "v1"]);
});

Deno.test("an edit that leads back to what is saved is none", () => {
  const { code } = codeModel();
  code.edit("app.ts", "b");
  code.edit("app.ts", "a");
  assertEquals([code.editedId.value, code.changes], [null, undefined]);
});

Deno.test("what the checks found is told by file", () => {
  const { code, sources } = codeModel();
  const problems = [{ path: "app.ts", line: 3, message: "Bad" }, { message: "No file" }];
  const results = [{ check: "types" as const, outcome: "failed" as const, problems, durationMs: 1 }];
  sources.version.value = sampleVersion(1, { validation: { outcome: "failed", results, repairs: 0 } });
  assertEquals([...code.problems.value], [["app.ts", [problems[0]]]]);
});

Deno.test("before the files are here the list of them is, with the one that is open; nothing can be edited", () => {
  const contents = signal<Contents | undefined>(undefined);
  const code = new CodeModel({
    version: signal<Version | undefined>(sampleVersion(1)),
    live: signal<LiveVersion | null>(null),
    contents,
    first: signal({
      versionId: "v1",
      paths: ["a.ts", "index.html"],
      files: [{ path: "index.html", content: "i" }],
    }),
    lockedPaths: signal<readonly string[]>([]),
  });
  assertEquals([code.files.value.map(({ path }) => path), code.openPath.value], [
    ["a.ts", "index.html"],
    "index.html",
  ]);
  assertEquals([code.textOf("index.html"), code.textOf("a.ts"), code.canEdit.value], ["i", undefined, false]);
  contents.value = new Map([["a.ts", "a"], ["index.html", "i"]]);
  assertEquals([code.textOf("a.ts"), code.canEdit.value], ["a", true]);
});
