import { assert, assertEquals, assertRejects } from "@std/assert";
import { collect } from "../../tests/fakes/collect.ts";
import { FreshetError } from "../shared/mod.ts";
import { byteSource } from "./byte_source.ts";
import { OpenAIAnswer } from "./openai_answer.ts";

const CONTEXT = { kind: "openai", endpoint: { nodeId: "n1", baseUrl: "http://x/v1" } } as const;
const HI = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n';
const STOP = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
const DONE = "data: [DONE]\n\n";

/** A response whose pieces come one by one; a piece that is a promise is waited for. */
function respond(...pieces: (string | Promise<string>)[]): { response: Response; isReadOut: () => boolean } {
  let i = 0;
  let isReadOut = false;
  const body = new ReadableStream({
    type: "bytes",
    async pull(controller) {
      const piece = await pieces[i++];
      if (piece !== undefined) return controller.enqueue(new TextEncoder().encode(piece));
      isReadOut = true;
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
  return { response: new Response(body), isReadOut: () => isReadOut };
}

function answerOf({ body }: Response): OpenAIAnswer {
  assert(body);
  return new OpenAIAnswer(() => Promise.resolve(byteSource(body, new AbortController().signal)), CONTEXT);
}

Deno.test("an answer is read to the end of its response, which may come after [DONE]", async () => {
  const { response, isReadOut } = respond(HI, STOP, DONE, ": bye\n\n");
  assertEquals((await collect(answerOf(response))).text, "Hi");
  assert(isReadOut());
});

Deno.test("a response that stays open after [DONE] does not hold up the answer", async () => {
  const { response, isReadOut } = respond(HI, STOP + DONE, new Promise(() => {}));
  const answer = await collect(answerOf(response));
  assertEquals([answer.text, answer.finish, isReadOut()], ["Hi", "stop", false]);
});

Deno.test("what came in one piece with an error is handed out before it", async () => {
  for (const failure of ['data: {"error":{"message":"no"}}\n\n', "data: {nonsense\n\n"]) {
    const answer = answerOf(respond(HI + failure).response);
    assertEquals((await answer.next()).value, { type: "text", text: "Hi" });
    await assertRejects(() => answer.next());
  }
});

Deno.test("the last event may lack the empty line behind it", async () => {
  assertEquals((await collect(answerOf(respond(HI, STOP.trimEnd()).response))).finish, "stop");
});

Deno.test("an event by the name of error is one, whatever it holds", async () => {
  const { response } = respond('event: error\ndata: {"message":"overloaded"}\n\n');
  const error = await assertRejects(() => collect(answerOf(response)), FreshetError);
  assert(error.message.includes("overloaded"), error.message);
});
