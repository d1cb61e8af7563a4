import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { splitBlocks } from "../markdown/mod.ts";
import { AnswerText } from "./answer_text.ts";
import { FakeClock } from "./testing/fake_clock.ts";

const PARAGRAPHS = Array.from({ length: 50 }, (_, i) => `Paragraph ${i} with **bold**.`).join("\n\n");

Deno.test("what was streamed ends as what is split at once", () => {
  const answer = new AnswerText(new FakeClock());
  for (const word of PARAGRAPHS.split(/(?<= )/)) answer.push(word);
  answer.finish();
  assertEquals(answer.groups.value.flatMap((group) => group.blocks), splitBlocks(PARAGRAPHS));
  assertEquals(answer.open.value, null);
});

Deno.test("a full group is the same object for ever", () => {
  const answer = new AnswerText(new FakeClock());
  answer.push(PARAGRAPHS);
  const before = answer.groups.value;
  answer.push("\n\nOne more.\n\nAnd another.\n\n");
  const after = answer.groups.value;
  for (let i = 0; i < before.length - 1; i++) assertStrictEquals(after[i], before[i]);
  assert(after.flatMap((group) => group.blocks).length > before.flatMap((group) => group.blocks).length);
});

Deno.test("a very long open paragraph is published less often, and whole at the end", async () => {
  const clock = new FakeClock();
  const answer = new AnswerText(clock, "word ".repeat(4000));
  let changes = 0;
  const dispose = answer.open.subscribe(() => changes++);
  for (let i = 0; i < 60; i++) {
    answer.push("more ");
    await clock.tick(16);
  }
  assert(changes < 8, `${changes} renderings in a second`);
  answer.finish();
  dispose();
  assertEquals(answer.groups.value[0]?.blocks[0]?.source.length, "word ".repeat(4060).length - 1);
  assertEquals(clock.waiting, 0);
});
