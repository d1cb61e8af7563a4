import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import { sampleModel } from "../../lib/client/testing/samples.ts";
import { textsOf } from "../../lib/shared/texts/mod.ts";
import { ProjectsScope } from "../projects/ProjectsScope.tsx";
import { AskPage, type AskPageData } from "./AskPage.tsx";

function html(changes: Partial<AskPageData> = {}): string {
  const data: AskPageData = {
    draft: { prompt: "", kind: "auto", model: "" },
    problem: null,
    models: [sampleModel("llama"), sampleModel("llava", { capabilities: ["chat", "vision"] })],
    bestModel: "llama",
    key: "k1",
    canAttach: true,
    canConnect: true,
    ...changes,
  };
  return render(
    <ProjectsScope texts={textsOf("en", ["common", "projects"])} language="en">
      <AskPage data={data} />
    </ProjectsScope>,
  );
}

Deno.test("it is a form that works without scripts", () => {
  const page = html({ draft: { prompt: "A <page> of tea", kind: "both", model: "llava" } });
  assertMatch(page, /<form[^>]*method="post"[^>]*action="\/ask"/);
  assertMatch(page, /<textarea[^>]*name="prompt"[^>]*>A &lt;page> of tea<\/textarea>/);
  assertMatch(page, /<input[^>]*value="both"[^>]*checked|<input[^>]*checked[^>]*value="both"/);
  assertMatch(page, /<option[^>]*value="llava"[^>]*selected/);
  assertMatch(page, /type="hidden"[^>]*name="key"[^>]*value="k1"/);
  assertEquals(page.match(/href="\/ask\?example=\w+"/g)?.length, 4);
});

Deno.test("models say that they see, and the best one is named", () => {
  const page = html();
  assertStringIncludes(page, "llava · sees images");
  assertStringIncludes(page, "The best one found (llama)");
  assertFalse(page.includes("No model server is connected"));
});

Deno.test("who has no model server is told what the built-in model can do", () => {
  const node = { id: "n0", name: "Sketch", kind: "sketch" as const, local: true };
  assertStringIncludes(
    html({ models: [sampleModel("sketch", { nodes: [node] })] }),
    "No model server is connected",
  );
});

Deno.test("a refused prompt is marked, with the reason beside it", () => {
  const problem = {
    code: "invalid_request" as const,
    message: "Say what you want to build",
    field: "prompt",
  };
  const page = html({ problem });
  assertMatch(page, /<textarea[^>]*aria-invalid="true"/);
  assertMatch(page, /role="alert".*Say what you want to build/s);
  const other = html({ problem: { code: "storage", message: "The disk is full" } });
  assertMatch(other, /<textarea[^>]*aria-invalid="false"/);
});

Deno.test("where files are switched off no images are offered", () => {
  assertStringIncludes(html(), "Add images");
  assertFalse(html({ canAttach: false }).includes("Add images"));
});
