import { assertEquals } from "@std/assert";
import { inlineRows, sideBySideRows } from "../../../diff/mod.ts";
import { FreshetError } from "../../../shared/mod.ts";
import { settle } from "../../testing/fake_clock.ts";
import type { FileComparison } from "./diff_api.ts";
import { DiffModel } from "./diff_model.ts";

const lines = (count: number, change: (i: number) => string = () => "") =>
  Array.from({ length: count }, (_, i) => `line ${i}${change(i)}\n`).join("");

const file = (path: string, before: string | null, after: string | null): FileComparison => {
  const operation = before === null ? "created" : after === null ? "deleted" : "modified";
  return { path, operation, before, after, addedLines: 0, removedLines: 0 };
};

function setUp(files: FileComparison[] | FreshetError) {
  const asked: string[] = [];
  const model = new DiffModel({
    projectId: "p",
    api: {
      compare: (_, before, after) => {
        asked.push(`${before}..${after}`);
        return files instanceof FreshetError ? Promise.reject(files) : Promise.resolve(files);
      },
    },
    rowsOf: (view, before, after) =>
      Promise.resolve(
        view === "inline"
          ? { view, rows: inlineRows(before, after) }
          : { view, rows: sideBySideRows(before, after) },
      ),
  });
  return { model, asked };
}

Deno.test("two versions are compared, and the first file is shown", async () => {
  const { model, asked } = setUp([file("a", "1\n", "2\n"), file("b", null, "x\n")]);
  await model.compare("v1", "v2");
  await settle();
  assertEquals([asked, model.state.value, model.file.value?.path], [["v1..v2"], "ready", "a"]);
  assertEquals(model.rows.value?.rows.map(({ kind }) => kind), ["removed", "added"]);
  await model.compare("v1", "v2");
  assertEquals(asked.length, 1);
  model.setView("split");
  await settle();
  assertEquals(model.rows.value?.view, "split");
  model.select("b");
  await settle();
  assertEquals(model.rows.value?.rows.map(({ kind }) => kind), ["added"]);
});

Deno.test("nothing is asked for one version, and a failure can be tried again", async () => {
  const failing = setUp(new FreshetError("not_found", "gone"));
  await failing.model.compare("v1", "v1");
  assertEquals([failing.model.state.value, failing.asked], ["unchosen", []]);
  await failing.model.compare("v1", "v2");
  assertEquals([failing.model.state.value, failing.model.failure.value?.code], ["failed", "not_found"]);
  await failing.model.retry();
  assertEquals(failing.asked.length, 2);
});

Deno.test("a fold opens to its lines, in both views", async () => {
  const before = lines(40);
  const after = `new\n${lines(40, (i) => i === 30 ? " changed" : "")}`.replaceAll("\n", "\r\n");
  const { model } = setUp([file("a", before.replaceAll("\n", "\r\n"), after)]);
  await model.compare("v1", "v2");
  await settle();
  for (const view of ["inline", "split"] as const) {
    model.setView(view);
    await settle();
    const fold = model.rows.value?.rows.find((row) => row.kind === "fold");
    assertEquals(fold, { kind: "fold", count: 24, oldLine: 4, newLine: 5 });
    model.openFold(5);
    const rows = model.rows.value?.rows ?? [];
    const opened = rows[4];
    assertEquals(
      opened,
      view === "inline"
        ? { kind: "same", oldLine: 4, newLine: 5, text: "line 3" }
        : { kind: "same", before: { line: 4, text: "line 3" }, after: { line: 5, text: "line 3" } },
    );
    assertEquals(rows.filter(({ kind }) => kind === "fold").length, 1);
  }
});

Deno.test("one goes from change to change, and on to the next file and back", async () => {
  const changed = (i: number) => i === 2 || i === 20 ? "!" : "";
  const { model } = setUp([file("a", lines(30), lines(30, changed)), file("b", "1\n", "2\n")]);
  await model.compare("v1", "v2");
  await settle();
  const at = () => [model.file.value?.path, model.change.value];
  assertEquals(model.starts.value.length, 2);
  model.step(1);
  model.step(1);
  assertEquals(at(), ["a", 1]);
  model.step(1);
  await settle();
  assertEquals(at(), ["b", 0]);
  model.step(1);
  assertEquals(at(), ["b", 0]);
  model.step(-1);
  await settle();
  assertEquals(at(), ["a", 1]);
});

Deno.test("a large file is shown in parts, as far as one goes", async () => {
  const { model } = setUp([file("a", null, lines(5000))]);
  await model.compare("v1", "v2");
  await settle();
  assertEquals([model.rows.value?.rows.length, model.hidden.value], [600, 4400]);
  model.showMore();
  assertEquals([model.rows.value?.rows.length, model.hidden.value], [2100, 2900]);
  const far = setUp([file("a", lines(900), `${lines(900, () => "!")}`)]);
  await far.model.compare("v1", "v2");
  await settle();
  far.model.step(1);
  assertEquals(far.model.change.value, 0);
});

Deno.test("only the newest comparison counts", async () => {
  const answers: ((files: FileComparison[]) => void)[] = [];
  const model = new DiffModel({
    projectId: "p",
    api: { compare: () => new Promise((resolve) => answers.push(resolve)) },
    rowsOf: () => Promise.resolve({ view: "inline", rows: [] }),
  });
  const first = model.compare("v1", "v2");
  const second = model.compare("v2", "v3");
  answers[1]?.([file("new", "", "")]);
  answers[0]?.([file("old", "", "")]);
  await Promise.all([first, second]);
  assertEquals(model.files.value.map(({ path }) => path), ["new"]);
});
