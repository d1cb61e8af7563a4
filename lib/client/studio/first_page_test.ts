import { assertEquals } from "@std/assert";
import { firstFiles, firstVersions } from "./first_page.ts";
import { sampleFiles, sampleProject, sampleVersion } from "./testing/samples.ts";

Deno.test("a page begins with the newest turns, the version that is shown, and where each branch stands", () => {
  const versions = Array.from({ length: 40 }, (_, i) => sampleVersion(40 - i));
  const project = sampleProject({
    branches: [{ name: "main", headId: "v40", queue: [] }, { name: "other", headId: "v7", queue: [] }],
  });
  const numbers = firstVersions({ project, versions }, "v3").map(({ number }) => number);
  assertEquals(numbers, [...Array.from({ length: 20 }, (_, i) => 40 - i), 7, 3]);
});

Deno.test("the files of a small version go with the page, of a large one the file that is open first", () => {
  const small = firstFiles(sampleFiles(sampleVersion(1), { "a.ts": "a", "index.html": "i" }));
  assertEquals(small, {
    versionId: "v1",
    paths: ["a.ts", "index.html"],
    files: [{ path: "a.ts", content: "a" }, { path: "index.html", content: "i" }],
  });
  const large = firstFiles(sampleFiles(sampleVersion(1), { "a.ts": "a".repeat(60_000), "index.html": "i" }));
  assertEquals([large.paths, large.files], [["a.ts", "index.html"], [{ path: "index.html", content: "i" }]]);
});
