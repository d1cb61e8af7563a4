import { assertEquals } from "@std/assert";
import { localPrincipal as me } from "../access/mod.ts";
import { withStudio, writing } from "./testing.ts";

Deno.test("an edit that deletes every file leaves none", () =>
  withStudio(async ({ project, studio, ended, files }) => {
    const { id, projectId } = await project(writing({ "index.html": "<h1>Hello</h1>\n" }));
    const emptied = await ended(
      await studio.createVersion(me, projectId, {
        origin: "edit",
        parentId: id,
        files: [],
        deleted: ["index.html"],
      }, null),
    );
    assertEquals([emptied.status, emptied.fileCount, await files(emptied)], ["complete", 0, {}]);
    assertEquals(emptied.changes.map(({ path, operation }) => [path, operation]), [[
      "index.html",
      "deleted",
    ]]);
  }));
