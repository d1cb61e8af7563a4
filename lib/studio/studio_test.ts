import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ValidationReport } from "../shared/mod.ts";
import { localPrincipal as me } from "../access/mod.ts";
import { keys } from "../store/mod.ts";
import { answer, saying, type Script, withStudio, writing } from "./testing.ts";

const PAGE = { "index.html": "<h1>Hello</h1>\n", "app.ts": "export const a = 1;\n" };

Deno.test("a prompt makes a project and its first version, streamed file by file", () =>
  withStudio(async ({ project, files, events, studio }) => {
    const version = await project(writing(PAGE), "Build a greeting page");
    assertEquals([version.status, version.number, version.title, version.answer], [
      "complete",
      1,
      "Done",
      "As asked.\n",
    ]);
    assertEquals(await files(version), PAGE);
    assertEquals(version.changes.map(({ path, operation, addedLines }) => [path, operation, addedLines]), [
      ["app.ts", "created", 1],
      ["index.html", "created", 1],
    ]);
    const { project: made } = await studio.page(me, version.projectId);
    assertEquals([made.name, made.kinds, made.branches], ["Greeting page", ["ui"], [{
      name: "main",
      headId: version.id,
      queue: [],
    }]]);
    const seen = await events(version);
    const order = seen.map(({ type }) => type).filter((type, i, all) =>
      type !== all[i - 1] && type !== "text"
    );
    assertEquals(order, [
      "start",
      "version:start",
      "step:start",
      "node",
      "planning",
      "step:start",
      "file:generating",
      "code:chunk",
      "file:complete",
      "file:generating",
      "code:chunk",
      "file:complete",
      "usage",
      "step:start",
      "validation:start",
      "validation:complete",
      "version:complete",
      "end",
    ]);
    const code = seen.flatMap((event) =>
      event.type === "code:chunk" && event.filePath === "app.ts" ? [event.chunk] : []
    );
    assertEquals(code.join(""), PAGE["app.ts"]);
  }));

Deno.test("the next version changes only what it says, and knows what there is", () =>
  withStudio(async ({ project, next, files, asked, studio }) => {
    const first = await project(writing(PAGE));
    const second = await next(
      first.projectId,
      writing({ "app.ts": "export const a = 2;\n", "b.ts": "b;\n", "index.html": null }),
    );
    assert(asked[1]?.includes("<h1>Hello</h1>") && asked[1].includes("- A page"));
    assertEquals(second.changes.map(({ path, operation }) => [path, operation]), [
      ["app.ts", "modified"],
      ["b.ts", "created"],
      ["index.html", "deleted"],
    ]);
    assertEquals(await files(second), { "app.ts": "export const a = 2;\n", "b.ts": "b;\n" });
    assertEquals(await files(first), PAGE);
    const diff = await studio.diff(me, first.projectId, first.id, second.id);
    assertEquals(diff.map(({ path, before, after }) => [path, before, after]), [
      ["app.ts", "export const a = 1;\n", "export const a = 2;\n"],
      ["b.ts", null, "b;\n"],
      ["index.html", "<h1>Hello</h1>\n", null],
    ]);
  }));

Deno.test("an answer that breaks off is gone on with; what was finished stays", () =>
  withStudio(async ({ project, scripts, files, asked }) => {
    const whole = answer(PAGE);
    scripts.push(writing({ "app.ts": PAGE["app.ts"] }));
    const version = await project(saying(whole.slice(0, whole.indexOf("export const"))));
    assertEquals(version.status, "complete");
    assertEquals(await files(version), PAGE);
    assert(asked[1]?.includes("## TASK resume") && asked[1].includes("## WANTED\n- app.ts"));
    assertEquals(version.activities, [{ type: "resumed", path: "app.ts" }]);
  }));

Deno.test("an answer that breaks off again and again fails, keeps its finished files and is no head", () =>
  withStudio(async ({ project, scripts, files, studio, next }) => {
    const whole = answer(PAGE);
    const cut = saying(whole.slice(0, whole.indexOf("export const") + 5));
    scripts.push(cut, cut);
    const version = await project(cut);
    assertEquals([version.status, version.error?.code], ["failed", "upstream"]);
    assertEquals(await files(version), { "index.html": PAGE["index.html"] });
    assertEquals((await studio.page(me, version.projectId)).project.branches[0]?.headId, null);
    const second = await next(version.projectId, writing(PAGE));
    assertEquals([second.number, second.parentId, second.status], [2, null, "complete"]);
  }));

Deno.test("locked files and paths outside of the project are refused, the rest is kept", () =>
  withStudio(async ({ project, studio, next, files }) => {
    const first = await project(writing(PAGE));
    await studio.update(me, first.projectId, { lockedPaths: ["app.ts"] });
    const outside = "### FILE ../evil.ts\n```ts\nx\n```\n\n### FILE app.ts\n```ts\nchanged\n```\n";
    const second = await next(first.projectId, saying(`${outside}${answer({ "c.ts": "c;\n" })}`));
    assertEquals(second.status, "complete");
    assertEquals(await files(second), { ...PAGE, "c.ts": "c;\n" });
  }));

Deno.test("what the checks find is repaired, at most twice, and not when the same is found again", () =>
  withStudio(async ({ project, reports, scripts, asked, files }) => {
    const failed = (message: string): ValidationReport => ({
      outcome: "failed",
      repairs: 0,
      results: [{
        check: "types",
        outcome: "failed",
        durationMs: 1,
        problems: [{ path: "app.ts", line: 1, message }],
      }],
    });
    reports.push(failed("TS1"));
    scripts.push(writing({ "app.ts": "export const a = 3;\n" }));
    const mended = await project(writing(PAGE));
    assertEquals([mended.validation?.outcome, mended.validation?.repairs], ["passed", 1]);
    assertEquals((await files(mended))["app.ts"], "export const a = 3;\n");
    assert(asked[1]?.includes("## TASK repair") && asked[1].includes("app.ts:1: TS1"));

    asked.length = 0;
    reports.push(failed("TS2"), failed("TS2"));
    const stuck = await project(writing(PAGE));
    assertEquals([stuck.status, stuck.validation?.outcome, stuck.validation?.repairs], [
      "complete",
      "failed",
      1,
    ]);
    assertEquals(asked.length, 2);
  }));

Deno.test("prompts wait for the version before them, and can be taken back", () =>
  withStudio(async ({ studio, scripts, ended, runs }) => {
    const gate = Promise.withResolvers<void>();
    const slow: Script = async function* (request, signal) {
      await gate.promise;
      yield* writing(PAGE)(request, signal);
    };
    scripts.push(slow, writing({ "b.ts": "b;\n" }));
    const created = await studio.create(me, { prompt: "A page" });
    const { id } = created.project;
    const send = (text: string, queue: boolean) =>
      studio.createVersion(me, id, { origin: "prompt", text, queue }, null);
    assertEquals((await assertRejects(() => send("now", false), FreshetError)).code, "conflict");
    const { queued: second } = await send("second", true);
    const { queued: third } = await send("third", true);
    await studio.unqueue(me, id, third?.id ?? "");
    assertEquals((await studio.messages(me, id)).map(({ text, status }) => [text, status]).at(-1), [
      "second",
      "queued",
    ]);
    gate.resolve();
    await ended(created);
    const isDone = async () => {
      const { versions } = await studio.page(me, id);
      return versions.length === 2 && versions[0]?.status === "complete" && runs.active === 0;
    };
    while (!await isDone()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { versions, project } = await studio.page(me, id);
    assertEquals(versions.map(({ number, prompt }) => [number, prompt]), [[2, "second"], [1, "A page"]]);
    assertEquals([project.branches[0]?.queue, second?.text], [[], "second"]);
  }));

Deno.test("a prompt that waits is not begun for a key that was revoked meanwhile, and says so; others are", () =>
  withStudio(async ({ studio, apiKeys, scripts, asked, ended, runs }) => {
    const gate = Promise.withResolvers<void>();
    scripts.push(async function* (request, signal) {
      await gate.promise;
      yield* writing(PAGE)(request, signal);
    });
    const created = await studio.create(me, { prompt: "A page" });
    const { id } = created.project;
    const budgets = { day: { tokens: 1_000 } };
    const ask = async (name: string) => {
      const key = await apiKeys.create(me, name, ["studio"], { budgets });
      const principal = { ...me, type: "key" as const, keyId: key.id };
      await studio.createVersion(principal, id, { origin: "prompt", text: name, queue: true }, null);
      return key;
    };
    const [revoked, kept] = [await ask("revoked"), await ask("kept")];
    await apiKeys.delete(me, revoked.id);
    gate.resolve();
    await ended(created);
    const isDone = async () => (await studio.page(me, id)).versions.length === 3 && runs.active === 0;
    while (!await isDone()) await new Promise((resolve) => setTimeout(resolve, 1));
    const { versions } = await studio.page(me, id);
    assertEquals(versions.map(({ prompt, status }) => [prompt, status]), [
      ["kept", "complete"],
      ["revoked", "failed"],
      ["A page", "complete"],
    ]);
    assertEquals(versions[1]?.error?.message, "The API key that asked for this was revoked meanwhile");
    assertEquals(asked.some((text) => text.includes("revoked")), false);
    // No request has shown the key, as after a restart.
    assertEquals(apiKeys.budgetsOf(kept.id)?.budgets, budgets);
  }));

Deno.test("the same idempotency key makes one project and one version, also when both come at once", () =>
  withStudio(async ({ studio, scripts, ended }) => {
    scripts.push(writing(PAGE), writing({ "b.ts": "b;\n" }));
    const make = () => studio.create(me, { prompt: "A page" }, "key");
    const made = await Promise.all([make(), make(), make()]);
    assertEquals(new Set(made.map(({ version }) => version?.id)).size, 1);
    const [one] = made;
    assert(one);
    await ended(one);
    assertEquals((await studio.list(me)).projects.length, 1);
    const { id } = one.project;
    const again = () => studio.createVersion(me, id, { origin: "prompt", text: "more" }, "more");
    const more = await Promise.all([again(), again()]);
    assertEquals(new Set(more.map(({ version }) => version?.id)).size, 1);
    const [first] = more;
    assert(first);
    await ended(first);
    assertEquals((await studio.page(me, id)).versions.length, 2);
  }));

Deno.test("an edit by hand, a file taken, a restore and a branch are versions of their own", () =>
  withStudio(async ({ project, studio, ended, files, next }) => {
    const first = await project(writing(PAGE));
    const { projectId } = first;
    const edited = await ended(
      await studio.createVersion(me, projectId, {
        origin: "edit",
        parentId: first.id,
        files: [{ path: "app.ts", content: "edited\n" }],
        deleted: ["index.html"],
      }, null),
    );
    assertEquals([edited.status, edited.origin, await files(edited)], ["complete", "edit", {
      "app.ts": "edited\n",
    }]);
    const taken = await ended(
      await studio.createVersion(me, projectId, {
        origin: "restore",
        versionId: first.id,
        paths: ["index.html"],
      }, null),
    );
    assertEquals(await files(taken), { "app.ts": "edited\n", "index.html": PAGE["index.html"] });
    const restored = (await studio.createVersion(me, projectId, {
      origin: "restore",
      versionId: first.id,
    }, null)).version;
    assert(restored);
    assertEquals([restored.status, restored.number, restored.sourceId, await files(restored)], [
      "complete",
      4,
      first.id,
      PAGE,
    ]);
    await studio.branch(me, projectId, { name: "try", versionId: edited.id });
    const onBranch = await next(projectId, writing({ "c.ts": "c;\n" }));
    assertEquals([onBranch.branch, onBranch.number, onBranch.parentId], ["try", 5, edited.id]);
    const { project: now } = await studio.page(me, projectId);
    assertEquals(now.branches.map(({ name, headId }) => [name, headId]), [["main", restored.id], [
      "try",
      onBranch.id,
    ]]);
    const copy = await studio.duplicate(me, projectId);
    const head = (await studio.page(me, copy.id)).versions[0];
    assert(head);
    assertEquals(await files(head), { "app.ts": "edited\n", "c.ts": "c;\n" });
  }));

Deno.test("a stopped version keeps what was finished and says that it was stopped", () =>
  withStudio(async ({ studio, scripts, ended, files, runs }) => {
    const stalled = Promise.withResolvers<void>();
    scripts.push(async function* (_request, signal) {
      const whole = answer(PAGE);
      yield { type: "text", text: whole.slice(0, whole.indexOf("export const") + 3) };
      stalled.resolve();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      throw new FreshetError("cancelled", "aborted");
    });
    const created = await studio.create(me, { prompt: "A page" });
    await stalled.promise;
    await runs.cancel(me, created.version?.runId ?? "");
    const version = await ended(created);
    assertEquals([version.status, await files(version)], ["cancelled", { "index.html": PAGE["index.html"] }]);
    scripts.push(writing(PAGE));
    const retried = await ended(
      await studio.createVersion(me, version.projectId, { origin: "retry", versionId: version.id }, null),
    );
    assertEquals([retried.status, retried.prompt, retried.number], ["complete", "A page", 2]);
  }));

Deno.test("a damaged file is noticed and named", () =>
  withStudio(async ({ project, store, studio, runs }) => {
    const first = await project(writing(PAGE));
    const { files } = await studio.files(me, first.projectId, first.id);
    const key = keys.projectBlob("local", first.projectId, files[0]?.sha256 ?? "");
    await store.kv.set([...key, "info"], new Uint8Array(40));
    await withStudio(
      async ({ studio }) => {
        const error = await assertRejects(() => studio.files(me, first.projectId, first.id), FreshetError);
        assertEquals([error.code, error.message.includes("app.ts")], ["storage", true]);
      },
      undefined,
      store,
    );
    assertEquals(runs.active, 0);
  }));

Deno.test("a deleted project comes back, and is gone with all its files when it is purged", () =>
  withStudio(async ({ project, store, studio }) => {
    const { projectId } = await project(writing(PAGE));
    await studio.delete(me, projectId);
    assertEquals((await assertRejects(() => studio.page(me, projectId), FreshetError)).code, "not_found");
    assertEquals((await studio.list(me)).projects, []);
    await studio.restoreProject(me, projectId);
    assertEquals((await studio.list(me)).projects.map(({ id }) => id), [projectId]);
    await studio.delete(me, projectId);
    for await (const { key } of store.kv.list({ prefix: keys.projectPurges() })) {
      await store.kv.delete(key);
      await store.kv.set(keys.projectPurge(0, "local", projectId), true);
    }
    await studio.purge();
    const left = (await Array.fromAsync(store.kv.list({ prefix: [] })))
      .map(({ key }) => key).filter((key) => key.includes(projectId) && !String(key[0]).startsWith("run"));
    assertEquals(left, []);
  }));

Deno.test("a large project is planned, and its files are written side by side", () =>
  withStudio(async ({ project, scripts, asked, files, events }) => {
    const paths = ["index.html", "app.ts", "store.ts", "view.ts", "style.css"];
    let atOnce = 0;
    let most = 0;
    const one: Script = async function* (request, signal) {
      most = Math.max(most, ++atOnce);
      const prompt = request.messages.at(-1)?.content.map((part) => part.type === "text" ? part.text : "")
        .join("");
      const path = /## WANTED\n- (.+)/.exec(prompt ?? "")?.[1] ?? "";
      // What was not asked for is refused.
      yield* writing({ [path]: `${path}\n`, "extra.ts": "no\n" })(request, signal);
      atOnce--;
    };
    scripts.push(...paths.map(() => one));
    const plan = `### PLAN\n${
      paths.map((path) => `- ${path}: part of it`).join("\n")
    }\nTITLE: Big page\n### END\n`;
    const version = await project(saying(plan), "A page with everything. ".repeat(20));
    assertEquals([version.status, version.title, most], ["complete", "Big page", 3]);
    assertEquals(await files(version), Object.fromEntries(paths.map((path) => [path, `${path}\n`])));
    assertEquals(version.activities[0], { type: "planned", fileCount: 5 });
    assert(asked[0]?.includes("## TASK plan") && asked[1]?.includes("## PLAN\n- index.html: part of it"));
    const planned = (await events(version)).find(({ type }) => type === "planning");
    assertEquals(planned?.type === "planning" ? planned.files : [], paths);
  }));

Deno.test("finished files are looked at while the next one is written", () =>
  withStudio(async ({ project, events, foundEarly }) => {
    const whole = answer({ "a.ts": "syntax error\n", "b.ts": "b;\n" });
    const at = whole.indexOf("### FILE b.ts") + 20;
    const version = await project(async function* () {
      yield { type: "text", text: whole.slice(0, at) };
      await foundEarly.promise;
      yield { type: "text", text: whole.slice(at) };
      yield { type: "finish", reason: "stop" };
    });
    const seen = (await events(version)).map(({ type }) => type);
    assert(seen.indexOf("validation:result") > 0, seen.join(" "));
    assert(seen.indexOf("validation:result") < seen.indexOf("validation:start"), seen.join(" "));
  }));

Deno.test("why a version fails is said in its stream, in the one shape of errors", () =>
  withStudio(async ({ project, events }) => {
    const version = await project(async function* () {
      yield await Promise.resolve({ type: "text", text: "No files here" });
      yield { type: "finish", reason: "stop" };
    });
    assertEquals([version.status, version.error?.message], ["failed", "The model wrote no files"]);
    const error = (await events(version)).find(({ type }) => type === "error");
    assertEquals(error?.type === "error" ? error.error.code : "", "upstream");
  }));

Deno.test("a file is changed by an edit, which is shown applied; one that misses is asked for again", () =>
  withStudio(async ({ project, next, scripts, asked, files, events }) => {
    const first = await project(writing({ "a.ts": "const a = 1;\nconst b = 2;\n" }));
    const edit = (search: string) =>
      saying(`### EDIT a.ts\n<<<<<<< SEARCH\n${search}\n=======\nconst b = 3;\n>>>>>>> REPLACE\n\n### END\n`);
    const second = await next(first.projectId, edit("const b = 2;"));
    assertEquals([second.status, await files(second)], ["complete", {
      "a.ts": "const a = 1;\nconst b = 3;\n",
    }]);
    const chunks = (await events(second)).flatMap((event) =>
      event.type === "code:chunk" ? [event.chunk] : []
    );
    assertEquals(chunks, ["const a = 1;\nconst b = 3;\n"]);
    asked.length = 0;
    scripts.push(edit("const a = 1;"));
    const third = await next(first.projectId, edit("const z = 0;"));
    assertEquals([third.status, (await files(third))["a.ts"]], ["complete", "const b = 3;\nconst b = 3;\n"]);
    assert(asked[1]?.includes("does not stand in it") && asked[1].includes("const b = 3;"), asked[1]);
  }));
