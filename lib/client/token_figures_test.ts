import { assert, assertEquals } from "@std/assert";
import type { BranchMessage } from "../shared/mod.ts";
import { tokenFigures, type TokenSources } from "./token_figures.ts";

function message(text: string, extra: Partial<BranchMessage> = {}): BranchMessage {
  return {
    id: text,
    chatId: "c",
    parentId: null,
    role: "user",
    status: "complete",
    text,
    createdAt: 0,
    siblings: { index: 0, ids: [text] },
    ...extra,
  };
}

const usage = { promptTokens: 100, completionTokens: 20, totalTokens: 120, estimated: false };
const none: TokenSources = {
  messages: [],
  live: null,
  systemPrompt: "",
  draft: "",
  draftFileTokens: 0,
  contextLength: 4096,
};

Deno.test("an empty chat has used nothing but its system prompt", () => {
  assertEquals(tokenFigures(none).total, 0);
  assertEquals(tokenFigures({ ...none, systemPrompt: "x".repeat(400) }).used, 100);
});

Deno.test("the server's figures count as they are, and the draft comes on top", () => {
  const messages = [message("hi"), message("hello", { role: "assistant", usage })];
  const figures = tokenFigures({ ...none, messages, draft: "y".repeat(40), draftFileTokens: 5 });
  assertEquals([figures.prompt, figures.completion, figures.total], [100, 20, 120]);
  assertEquals(figures.used, 135);
  assertEquals(figures.estimated, false);
});

Deno.test("while an answer is written its tokens are counted, marked as an estimate", () => {
  const messages = [
    message("hi"),
    message("hello", { role: "assistant", usage }),
    message("z".repeat(80)),
    message("", { role: "assistant", status: "streaming" }),
  ];
  const figures = tokenFigures({ ...none, messages, live: { usage: undefined, tokens: 30 } });
  assertEquals([figures.prompt, figures.completion, figures.total], [140, 30, 170]);
  assert(figures.estimated);
  const reported = tokenFigures({ ...none, messages, live: { usage, tokens: 30 } });
  assertEquals([reported.total, reported.estimated], [120, false]);
});

Deno.test("without any report everything is estimated, files included", () => {
  const file = {
    id: "f",
    name: "a.txt",
    mediaType: "text/plain",
    kind: "text" as const,
    sizeBytes: 1,
    tokens: 50,
    createdAt: 0,
  };
  const figures = tokenFigures({ ...none, messages: [message("a".repeat(40), { attachments: [file] })] });
  assertEquals([figures.prompt, figures.estimated], [60, true]);
});
