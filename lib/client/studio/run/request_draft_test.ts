import { assert, assertEquals } from "@std/assert";
import type { ProcessResponse } from "../../../shared/mod.ts";
import { compareAnswers, isSameAnswer, prettyBody } from "./answers.ts";
import { RequestDraft } from "./request_draft.ts";

Deno.test("a draft becomes a request, with JSON for its body", () => {
  const draft = new RequestDraft();
  draft.useRoute({ method: "POST", path: "/users/:id" });
  assertEquals(draft.body.value, "{}");
  draft.headers.value = "Authorization:  Bearer a:b \n\nx-empty:";
  draft.path.value = " /users/1?x=1 ";
  assertEquals(draft.read(), {
    request: {
      method: "POST",
      path: "/users/1?x=1",
      headers: { "Authorization": "Bearer a:b", "x-empty": "", "content-type": "application/json" },
      body: "{}",
    },
  });
});

Deno.test("a body is JSON unless a header says otherwise, and only with a method that has one", () => {
  const draft = new RequestDraft();
  draft.body.value = "a=1";
  assertEquals(draft.read(), { request: { method: "GET", path: "/", headers: {}, body: "" } });
  draft.method.value = "PUT";
  const read = draft.read();
  assertEquals("problem" in read && read.problem.field, "body");
  draft.headers.value = "content-type: application/x-www-form-urlencoded";
  assert("request" in draft.read());
});

Deno.test("what is wrong is said with its place", () => {
  const draft = new RequestDraft();
  draft.headers.value = "a: b\nno header";
  assertEquals(draft.read(), { problem: { field: "headers", line: 2 } });
  draft.path.value = "http://example.com/";
  assertEquals(draft.read(), { problem: { field: "path" } });
});

Deno.test("a request that was kept comes back as it was", () => {
  const draft = new RequestDraft();
  const request = {
    method: "PATCH",
    path: "/a",
    headers: { a: "b", "content-type": "text/plain" },
    body: "x",
  };
  draft.use(request);
  assertEquals(draft.read(), { request });
});

const answer = (body: string, headers: Record<string, string> = {}, status = 200): ProcessResponse => {
  return { status, headers, body, durationMs: 1, isBase64: false, isCut: false };
};

Deno.test("JSON is shown with its structure, everything else as it came", () => {
  assertEquals(
    prettyBody(answer('{"a":[1]}', { "content-type": "application/json" })),
    '{\n  "a": [\n    1\n  ]\n}',
  );
  assertEquals(prettyBody(answer("{no", { "content-type": "application/json" })), "{no");
  assertEquals(prettyBody(answer('{"a":1}', { "content-type": "text/plain" })), '{"a":1}');
});

Deno.test("answers are compared by status, body and the headers that matter", () => {
  const a = answer("{}", { date: "Mon", "x-a": "1" });
  assert(isSameAnswer(compareAnswers(a, answer("{ }", { date: "Tue", "x-a": "1" }))));
  const other = compareAnswers(a, answer("{}", { "x-b": "2" }, 201));
  assertEquals(other.sameStatus, false);
  assertEquals(other.headers, [
    { name: "x-a", before: "1", after: null },
    { name: "x-b", before: null, after: "2" },
  ]);
});
