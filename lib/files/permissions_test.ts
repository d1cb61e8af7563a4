import { assertEquals, assertRejects } from "@std/assert";
import { localPrincipal } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { TestFolder } from "./testing.ts";

Deno.test("without the permission to read, every operation names the flag", async () => {
  await using made = await TestFolder.make();
  const realPath = Deno.realPath;
  // What Deno says where a process was started without the flag; revoking it here would outlast the test.
  Deno.realPath = () =>
    Promise.reject(
      new Deno.errors.NotCapable('Requires read access to "/x", run again with the --allow-read flag'),
    );
  try {
    for (
      const attempt of [
        () => made.files.list(localPrincipal, made.id, ""),
        () => made.folders.list(localPrincipal),
        () => made.folders.add(localPrincipal, { path: made.outside }),
      ]
    ) {
      const error = await assertRejects(attempt, FreshetError, "--allow-read");
      assertEquals(error.code, "unavailable");
    }
  } finally {
    Deno.realPath = realPath;
  }
});
