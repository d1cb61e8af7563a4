import { assert, assertEquals } from "@std/assert";
import { FreshetError, type ProjectList, type ProjectSummary } from "../../shared/mod.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { ProjectsModel, type ProjectsModelOptions } from "./projects_model.ts";

const unreachable = new FreshetError("unreachable", "The server cannot be reached");

function summary(id: string, updatedAt = 0, changes: Partial<ProjectSummary> = {}): ProjectSummary {
  return {
    id,
    name: id,
    kinds: ["ui"],
    createdAt: 0,
    updatedAt,
    versionCount: 1,
    isGenerating: false,
    ...changes,
  };
}

function setUp(list: ProjectList, api: Partial<ProjectsModelOptions["api"]> = {}) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const clock = new FakeClock();
  const model = new ProjectsModel({
    list,
    query: "",
    problem: null,
    api: {
      list: unexpected,
      rename: unexpected,
      duplicate: unexpected,
      delete: unexpected,
      restore: unexpected,
      ...api,
    },
    clock,
    onError: (error) => errors.push(error),
  });
  const ids = () => model.projects.value.map(({ id }) => id);
  return { model, errors, clock, ids };
}

Deno.test("a name shows at once, and the old one again where the server refuses", async () => {
  const answer = Promise.withResolvers<never>();
  const { model, errors } = setUp({ projects: [summary("a")] }, { rename: () => answer.promise });
  const renaming = model.rename(summary("a"), "  Rivers ");
  assertEquals(model.projects.value[0]?.name, "Rivers");
  answer.reject(unreachable);
  await renaming;
  assertEquals([model.projects.value[0]?.name, errors], ["a", [unreachable]]);
  await model.rename(summary("a"), "   ");
  assertEquals(errors.length, 1, "a blank name is no wish");
});

Deno.test("a deleted project goes at once, and back to its place where the server refuses", async () => {
  const list = { projects: [summary("a", 3), summary("b", 2), summary("c", 1)] };
  const { model, ids, errors } = setUp(list, { delete: () => Promise.reject(unreachable) });
  const deleting = model.delete(summary("b", 2));
  assertEquals(ids(), ["a", "c"]);
  assertEquals([await deleting, ids(), errors], [false, ["a", "b", "c"], [unreachable]]);
});

Deno.test("the search waits for a pause and forgets answers that came too late", async () => {
  const answers = new Map<string, PromiseWithResolvers<ProjectList>>();
  const { model, clock, ids } = setUp({ projects: [summary("a")] }, {
    list: ({ query = "" }, signal) => {
      const answer = Promise.withResolvers<ProjectList>();
      signal?.addEventListener("abort", () => answer.reject(new DOMException("Aborted", "AbortError")));
      answers.set(query, answer);
      return answer.promise;
    },
  });
  model.search("r");
  await clock.tick(100);
  model.search("ri");
  await clock.tick(300);
  assertEquals([...answers.keys()], ["ri"]);
  model.search("riv", true);
  answers.get("riv")?.resolve({ projects: [summary("rivers")] });
  answers.get("ri")?.resolve({ projects: [summary("ripe")] });
  await settle();
  assertEquals([ids(), model.shownQuery.value, model.loading.value], [["rivers"], "riv", null]);
});

Deno.test("a list that cannot be fetched says why and keeps what is there", async () => {
  let answer: () => Promise<ProjectList> = () => Promise.reject(unreachable);
  const { model, ids } = setUp({ projects: [summary("a")] }, { list: () => answer() });
  await model.load();
  assertEquals([model.problem.value?.code, ids(), model.loading.value], ["unreachable", ["a"], null]);
  answer = () => Promise.resolve({ projects: [summary("b")] });
  await model.load();
  assertEquals([model.problem.value, ids()], [null, ["b"]]);
});

Deno.test("pages are added once, and stay when the first one is fetched again", async () => {
  const pages: Record<string, ProjectList> = {
    "": { projects: [summary("c", 9), summary("a", 5)], cursor: "1" },
    "1": { projects: [summary("a", 5), summary("b", 1)] },
  };
  const { model, ids } = setUp({ projects: [summary("a", 5)], cursor: "1" }, {
    list: ({ cursor = "" }) => Promise.resolve(pages[cursor] ?? { projects: [] }),
  });
  await model.loadMore();
  assertEquals([ids(), model.cursor.value], [["a", "b"], undefined]);
  await model.refresh();
  assertEquals([ids(), model.cursor.value], [["c", "a", "b"], undefined]);
  pages[""] = { projects: [summary("c", 9)] };
  await model.refresh();
  assertEquals(ids(), ["c"], "what is the whole list says what is gone");
});

Deno.test("while something is generated it is looked at again, and not otherwise", async () => {
  let looks = 0;
  const { model, clock } = setUp({ projects: [summary("a", 1, { isGenerating: true })] }, {
    list: () => {
      looks++;
      return Promise.resolve({ projects: [summary("a", 1, { isGenerating: looks < 2 })] });
    },
  });
  const stop = model.watch();
  for (let i = 0; i < 5; i++) {
    await clock.tick(4000);
    await settle();
  }
  assertEquals([looks, model.projects.value[0]?.isGenerating], [2, false]);
  stop();
  assert(model.loading.value === null);
});

Deno.test("what happens while the list is fetched again is fetched too", async () => {
  const answers: PromiseWithResolvers<ProjectList>[] = [];
  const { model, ids } = setUp({ projects: [summary("a")] }, {
    list: () => {
      const answer = Promise.withResolvers<ProjectList>();
      answers.push(answer);
      return answer.promise;
    },
  });
  const refreshing = model.refresh();
  void model.refresh();
  void model.refresh();
  answers[0]?.resolve({ projects: [summary("a")] });
  await settle();
  answers[1]?.resolve({ projects: [summary("b", 1), summary("a")] });
  await refreshing;
  assertEquals([ids(), answers.length], [["b", "a"], 2]);
});

Deno.test("a project that is being deleted does not come back with the list", async () => {
  const list = { projects: [summary("a", 2), summary("b", 1)] };
  const answer = Promise.withResolvers<void>();
  const { model, ids } = setUp(list, { list: () => Promise.resolve(list), delete: () => answer.promise });
  const deleting = model.delete(summary("b", 1));
  await model.refresh();
  answer.resolve();
  assertEquals([await deleting, ids()], [true, ["a"]]);
});

Deno.test("a restored project is where it was", async () => {
  const list = { projects: [summary("a", 3), summary("c", 1)] };
  const whole = { projects: [summary("a", 3), summary("b", 2), summary("c", 1)] };
  const { model, ids } = setUp(list, {
    restore: () => Promise.resolve({}),
    list: () => Promise.resolve(whole),
  });
  assertEquals([await model.restore(summary("b", 2)), ids()], [true, ["a", "b", "c"]]);
});
