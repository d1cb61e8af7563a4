import { assertEquals, assertStringIncludes } from "@std/assert";
import { snippets } from "./snippets.ts";

const BASE = "http://127.0.0.1:13000/v1";

Deno.test("every example names the address, the key and the model", () => {
  for (const { code } of snippets(BASE, "fsh_secret", "llama3.2:3b")) {
    for (const part of [BASE, "fsh_secret", '"llama3.2:3b"']) assertStringIncludes(code, part);
  }
});

Deno.test("a name with quotes does not break out of the shell or of a string", () => {
  const [curl, python] = snippets(BASE, "k", `it's "x"`);
  assertStringIncludes(curl?.code ?? "", String.raw`{"model": "it'\''s \"x\""`);
  assertStringIncludes(python?.code ?? "", String.raw`model="it's \"x\"",`);
});

Deno.test("the body of the curl example is JSON", () => {
  const body = snippets(BASE, "k", "m")[0]?.code.match(/-d '(.*)'$/)?.[1] ?? "";
  assertEquals(JSON.parse(body), { model: "m", messages: [{ role: "user", content: "Hello" }] });
});
