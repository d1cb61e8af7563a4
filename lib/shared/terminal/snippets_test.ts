import { assertEquals } from "@std/assert";
import { fillSnippet, shellWord, snippetFields, TERMINAL_SNIPPETS } from "./snippets.ts";

Deno.test("a command's fields are found once each, with what is suggested", () => {
  assertEquals(snippetFields("ollama cp {model:llama3.2} {copy} # {model}"), [
    { name: "model", suggestion: "llama3.2" },
    { name: "copy", suggestion: "" },
  ]);
  assertEquals(snippetFields("awk '{print $1}' ${HOME}x"), []);
});

Deno.test("values become one word each, whatever they hold", () => {
  assertEquals(
    fillSnippet("ollama pull {model:x}", { model: "hf.co/a/b:Q4_K_M" }),
    "ollama pull hf.co/a/b:Q4_K_M",
  );
  const evil = "a; rm -rf $(pwd) 'b'\nc";
  assertEquals(
    fillSnippet("ollama rm {model}", { model: evil }),
    "ollama rm 'a; rm -rf $(pwd) '\\''b'\\''\nc'",
  );
  assertEquals(fillSnippet("ls {folder}", {}), "ls ''");
  assertEquals(["-x", "~", "", "ä b"].map(shellWord), ["-x", "'~'", "''", "'ä b'"]);
});

Deno.test("the snippets are told apart, and their fields can be filled in", () => {
  assertEquals(new Set(TERMINAL_SNIPPETS.map(({ id }) => id)).size, TERMINAL_SNIPPETS.length);
  for (const { command } of TERMINAL_SNIPPETS) {
    const values = Object.fromEntries(snippetFields(command).map(({ name }) => [name, "x"]));
    assertEquals(fillSnippet(command, values).includes("{"), false);
  }
});
