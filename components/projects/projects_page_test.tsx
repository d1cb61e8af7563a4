import { assert, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import type { ProjectSummary } from "../../lib/shared/mod.ts";
import { type Language, textsOf } from "../../lib/shared/texts/mod.ts";
import { ProjectsPage, type ProjectsPageData } from "./ProjectsPage.tsx";
import { ProjectsScope } from "./ProjectsScope.tsx";

const NOW = Date.UTC(2026, 10, 21, 12);

function summary(id: string, changes: Partial<ProjectSummary> = {}): ProjectSummary {
  const times = { createdAt: NOW - 7_200_000, updatedAt: NOW - 300_000 };
  return { id, name: id, kinds: ["ui"], versionCount: 1, isGenerating: false, ...times, ...changes };
}

function html(changes: Partial<ProjectsPageData>, language: Language = "en"): string {
  const data: ProjectsPageData = { list: { projects: [] }, query: "", problem: null, now: NOW, ...changes };
  return render(
    <ProjectsScope texts={textsOf(language, ["common", "projects"])} language={language}>
      <ProjectsPage data={data} />
    </ProjectsScope>,
  );
}

Deno.test("a project shows its name, kinds, versions, time, and that it is being generated", () => {
  const projects = [
    summary("p1", { name: "Tea & <b>", kinds: ["ui", "api"], versionCount: 3, isGenerating: true }),
  ];
  const page = html({ list: { projects } });
  for (
    const part of ["Tea &amp; &lt;b", "3 versions", "5 minutes ago", "Being generated", 'href="/projects/p1"']
  ) {
    assertStringIncludes(page, part);
  }
  assertMatch(page, />UI<.*>API</s);
  assertMatch(html({ list: { projects: [summary("p1")] } }), /1 version<(?!.*Being generated)/s);
});

Deno.test("the page before the first project leads to it, and offers no search", () => {
  const page = html({});
  assertStringIncludes(page, "Nothing built yet");
  assertMatch(page, /<a[^>]*href="\/ask"/);
  assertFalse(page.includes('type="search"'));
});

Deno.test("what is searched is in the field, and in the way to the next page", () => {
  const page = html({ list: { projects: [summary("p1")], cursor: "a&b" }, query: "tea" });
  assertMatch(page, /type="search"[^>]*value="tea"|value="tea"[^>]*type="search"/);
  assertStringIncludes(page, "/projects?q=tea&amp;cursor=a%26b");
  assertStringIncludes(
    html({ query: "rivers" }),
    "No project's name has “rivers” in it",
  );
});

Deno.test("a list that could not be read says so, instead of that there is nothing", () => {
  const page = html({ problem: { code: "storage", message: "The disk is full" } });
  assertMatch(page, /role="alert".*could not be loaded.*The disk is full/s);
  assertFalse(page.includes("Nothing built yet"));
});

Deno.test("it speaks German", () => {
  const page = html({ list: { projects: [summary("p1")] } }, "de");
  assert(page.includes("vor 5 Minuten") && page.includes("Neues Projekt"));
});
