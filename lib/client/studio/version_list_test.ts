import { assertEquals } from "@std/assert";
import type { ProjectBranch } from "../../shared/mod.ts";
import { projectAt, sampleGenerating, sampleProject, sampleVersion } from "./testing/samples.ts";
import { standingOf, versionsOfBranch, versionToShow, withVersion } from "./version_list.ts";

const branch = (name: string, headId: string | null): ProjectBranch => ({ name, headId, queue: [] });
const ids = (versions: { id: string }[]) => versions.map(({ id }) => id);

Deno.test("a branch has its versions and those that it came from, oldest first", () => {
  const versions = [
    sampleVersion(5, { parentId: "v3" }),
    sampleVersion(4, { parentId: "v2", branch: "other" }),
    sampleVersion(3, { parentId: "v2" }),
    sampleVersion(2),
    sampleVersion(1),
  ];
  assertEquals(ids(versionsOfBranch(versions, branch("main", "v5"))), ["v1", "v2", "v3", "v5"]);
  assertEquals(ids(versionsOfBranch(versions, branch("other", "v4"))), ["v1", "v2", "v4"]);
  assertEquals(ids(versionsOfBranch(versions, branch("new", "v3"))), ["v1", "v2", "v3"]);
  assertEquals(versionsOfBranch(versions, undefined), []);
});

Deno.test("a version that failed stays in the chat of its branch", () => {
  const versions = [
    sampleVersion(3, { parentId: "v1" }),
    sampleVersion(2, { status: "failed" }),
    sampleVersion(1),
  ];
  assertEquals(ids(versionsOfBranch(versions, branch("main", "v3"))), ["v1", "v2", "v3"]);
});

Deno.test("what is being made is shown first, else the head of the branch, else the newest", () => {
  const versions = [sampleGenerating(3), sampleVersion(2), sampleVersion(1)];
  assertEquals(versionToShow(projectAt("v2", "v3"), versions)?.id, "v3");
  assertEquals(versionToShow(projectAt("v1"), versions)?.id, "v1");
  assertEquals(versionToShow(sampleProject(), versions)?.id, "v3");
  assertEquals(versionToShow(sampleProject(), []), undefined);
});

Deno.test("a version takes the place of its older self", () => {
  const versions = [sampleVersion(2), sampleVersion(1)];
  assertEquals(withVersion(versions, sampleVersion(1, { starred: true })).map(({ starred }) => starred), [
    undefined,
    true,
  ]);
  assertEquals(ids(withVersion(versions, sampleVersion(3))), ["v3", "v2", "v1"]);
});

Deno.test("how a version stands says what its checks came to", () => {
  const report = { results: [], repairs: 0 };
  const validated = (outcome: "passed" | "failed" | "not_validated") =>
    standingOf(sampleVersion(1, { validation: { ...report, outcome } }));
  assertEquals([validated("passed"), validated("failed"), validated("not_validated")], [
    "passed",
    "problems",
    "unchecked",
  ]);
  assertEquals(standingOf(sampleVersion(1)), "unchecked");
  assertEquals(standingOf(sampleVersion(1, { status: "cancelled" })), "cancelled");
});
