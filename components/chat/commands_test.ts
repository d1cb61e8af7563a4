import { assertEquals } from "@std/assert";
import { type Command, findCommands } from "./commands.ts";

function command(label: string, kind = "Command"): Command {
  return { id: label, icon: "command", label, kind, run() {} };
}

const commands = [
  command("Export as Markdown"),
  command("New temporary chat"),
  command("New chat"),
  command("My market research", "Chat"),
];

const found = (query: string) => findCommands(commands, query).map(({ label }) => label);

Deno.test("every word has to be there, beginnings of labels and words come first", () => {
  assertEquals(found("new"), ["New temporary chat", "New chat"]);
  assertEquals(found("mark"), ["Export as Markdown", "My market research"]);
  assertEquals(found("my"), ["My market research"]);
  assertEquals(found("chat new temp"), ["New temporary chat"]);
  assertEquals(found("nothing"), []);
});

Deno.test("without a query everything is listed, as it stands", () => {
  assertEquals(found("  "), commands.map(({ label }) => label));
});
