import { assert, assertEquals, assertFalse } from "@std/assert";
import { isDedicated, routeTo } from "./huggingface_routes.ts";

Deno.test("routeTo leaves everything where it is for Hugging Face itself", () => {
  const route = routeTo("https://router.huggingface.co/v1");
  const url = new URL("https://huggingface.co/api/models/a/b?expand[]=x");
  assertEquals(route(url), url);
});

Deno.test("routeTo sends what goes to router and hub elsewhere, but nothing else", () => {
  const route = routeTo("http://127.0.0.1:9/hf/");
  const moved = route(new URL("https://router.huggingface.co/novita/v3/openai/chat/completions"));
  assertEquals(moved.href, "http://127.0.0.1:9/hf/novita/v3/openai/chat/completions");
  assertEquals(route(new URL("https://api.novita.ai/v3")).href, "https://api.novita.ai/v3");
});

Deno.test("isDedicated tells Inference Endpoints from the router", () => {
  assert(isDedicated("https://abc.us-east-1.aws.endpoints.huggingface.cloud"));
  assertFalse(isDedicated("https://router.huggingface.co"));
  assertFalse(isDedicated("https://endpoints.huggingface.cloud.example.com"));
});
