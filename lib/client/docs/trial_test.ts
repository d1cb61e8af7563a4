import { assertEquals, assertThrows } from "@std/assert";
import { readAnswer, type TrialAnswer } from "./trial_answer.ts";
import { type ApiTrial, TrialProblem, trialRequest } from "./trial_request.ts";

const TRIAL: ApiTrial = {
  method: "POST",
  path: "/api/things/{id}",
  parameters: [
    { name: "id", place: "path", isRequired: true, example: "" },
    { name: "q", place: "query", isRequired: false, example: "" },
  ],
  body: "{}",
  upload: null,
};

Deno.test("what was typed becomes a request, with its values encoded and empty ones left out", () => {
  const values = { parameters: { id: "a/../b c", q: "x&y" }, body: '{"n": 1.0}', file: null };
  assertEquals(trialRequest(TRIAL, values), {
    url: "/api/things/a%2F..%2Fb%20c?q=x%26y",
    init: { method: "POST", headers: { "content-type": "application/json" }, body: '{"n": 1.0}' },
  });
  const few = { parameters: { id: "a", q: " " }, body: "{}", file: null };
  assertEquals(trialRequest(TRIAL, few).url, "/api/things/a");
});

Deno.test("what is missing or no JSON is said before anything is sent", () => {
  const problem = (parameters: Record<string, string>, body: string, trial = TRIAL) =>
    assertThrows(() => trialRequest(trial, { parameters, body, file: null }), TrialProblem);
  assertEquals([problem({}, "{}").field, problem({}, "{}").kind], ["id", "missing"]);
  assertEquals(problem({ id: "a" }, "{,}").kind, "notJson");
  const upload = { ...TRIAL, body: null, upload: "application/zip" };
  assertEquals(problem({ id: "a" }, "", upload).field, "file");
});

Deno.test("a file is sent as the operation takes it", () => {
  const file = new File(["x"], "a.zip");
  const send = (upload: string) =>
    trialRequest({ ...TRIAL, body: null, upload }, { parameters: { id: "a" }, body: "", file }).init;
  assertEquals(send("application/zip").body, file);
  const form = send("multipart/form-data");
  assertEquals((form.body as FormData).get("file") instanceof File, true);
  assertEquals(form.headers, undefined);
});

async function answerOf(response: Response): Promise<TrialAnswer | undefined> {
  let last: TrialAnswer | undefined;
  await readAnswer("/", {}, {
    signal: new AbortController().signal,
    now: () => 0,
    onAnswer: (answer) => last = answer,
    fetch: () => Promise.resolve(response),
  });
  return last;
}

Deno.test("an answer is told with its status, and JSON with its structure", async () => {
  const json = await answerOf(Response.json({ a: [1] }, { status: 201 }));
  assertEquals([json?.status, json?.text, json?.bytes], [201, '{\n  "a": [\n    1\n  ]\n}', 9]);
  assertEquals((await answerOf(new Response(null, { status: 204 })))?.text, "");
});

Deno.test("of a file only its size is told: none of it is fetched in vain", async () => {
  let read = 0;
  let cancelled = false;
  const file = (headers: Record<string, string>) => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (++read > 10) throw new Error("It is read");
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => void (cancelled = true),
    });
    return new Response(body, { headers: { "content-type": "application/zip", ...headers } });
  };
  const sized = await answerOf(file({ "content-length": "5000000000" }));
  assertEquals([sized?.text, sized?.bytes, cancelled], [null, 5_000_000_000, true]);
  assertEquals((await answerOf(file({})))?.bytes, null);
});

Deno.test("of an answer without end the beginning is shown", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("x".repeat(50_000))),
    cancel: () => void (cancelled = true),
  });
  const answer = await answerOf(new Response(endless, { headers: { "content-type": "text/event-stream" } }));
  assertEquals([answer?.text?.length, answer?.isCut, cancelled], [200_000, true, true]);
});
