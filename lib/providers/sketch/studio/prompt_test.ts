import { assertEquals } from "@std/assert";
import { renderStudioPrompt, type StudioPrompt } from "../../../shared/mod.ts";
import { readStudioPrompt } from "./prompt.ts";

const empty: StudioPrompt = {
  task: "version",
  kinds: ["ui"],
  files: [],
  outlines: [],
  lockedPaths: [],
  request: "A chat",
  earlierRequests: [],
  wanted: [],
  plan: "",
  problems: "",
};

Deno.test("a studio prompt is read as it was written", () => {
  const full: StudioPrompt = {
    task: "repair",
    kinds: ["ui", "api"],
    files: [
      { path: "README.md", content: "# Title\n\n## REQUEST\nnot this\n\n```sh\ndeno task start\n```\n" },
      { path: "public/app.ts", content: "console.info(1);\n" },
      { path: "empty.css", content: "" },
    ],
    outlines: [{ path: "main.ts", outline: "export default app: Hono" }],
    lockedPaths: ["deno.json", "public/a b.css"],
    request: "Fix it\n\n## FILES\nis a heading of the person",
    earlierRequests: ["An API for books", "add search"],
    wanted: ["main.ts"],
    plan: "- main.ts: the entry point",
    problems: "main.ts:3: Cannot find name 'x'",
  };
  assertEquals(readStudioPrompt(renderStudioPrompt(full)), full);
  assertEquals(readStudioPrompt(renderStudioPrompt(empty)), empty);
});

Deno.test("text without sections is a request for a page", () => {
  assertEquals(readStudioPrompt("A chat"), empty);
});
