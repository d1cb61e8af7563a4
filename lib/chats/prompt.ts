import type { Attachment, ContentPart, Message, ModelEntry, PromptMessage } from "../shared/mod.ts";
import { estimateTokens } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import { estimatePrompt } from "../nodes/mod.ts";
import type { Attachments } from "./attachments.ts";

/** What hosted services offer at the least, for models whose servers do not tell. */
const CONTEXT_UNKNOWN = 128_000;
/** Part of the context that is left for the answer where nobody set a maximum. */
const ANSWER_SHARE = 0.25;
const NUM_CTX_STEP = 8_192;

/** A prompt that fits the model's context. */
export interface Prompt {
  messages: PromptMessage[];
  /** Tokens to load the model with, where the server lets us choose: grows by doubling, since each change reloads it. */
  contextLength: number;
  /** Whether older messages had to be left out. */
  isCut: boolean;
}

/** What a prompt is made of. */
export interface PromptOptions {
  principal: Principal;
  /** From the newest to the oldest, read only as far as the context reaches. */
  history: AsyncIterable<Message>;
  systemPrompt: string;
  model: ModelEntry | undefined;
  maxTokens: number | undefined;
  attachments: Attachments;
}

/** Builds the prompt from the end of the branch up, until the model's context is full. */
export async function buildPrompt(options: PromptOptions): Promise<Prompt> {
  const context = options.model?.contextLength ?? CONTEXT_UNKNOWN;
  const budget = context - (options.maxTokens || Math.floor(context * ANSWER_SHARE)) -
    estimateTokens(options.systemPrompt);
  const messages: PromptMessage[] = [];
  let tokens = 0;
  let isCut = false;
  for await (const message of options.history) {
    const prompts = await toPrompt(message, options);
    const cost = estimatePrompt({ messages: prompts });
    if (messages.length > 0 && tokens + cost > budget) {
      isCut = true;
      break;
    }
    tokens += cost;
    messages.unshift(...prompts);
  }
  // A conversation that begins with an answer confuses models and is refused by some servers.
  while (isCut && messages[0] && messages[0].role !== "user") messages.shift();
  if (options.systemPrompt) {
    messages.unshift({ role: "system", content: [{ type: "text", text: options.systemPrompt }] });
  }
  return { messages, contextLength: stepUp(tokens + (context - budget), context), isCut };
}

async function toPrompt(message: Message, options: PromptOptions): Promise<PromptMessage[]> {
  if (message.role === "user") {
    const parts = await Promise.all((message.attachments ?? []).map((file) => toPart(file, options)));
    return [{ role: "user", content: [...parts, { type: "text", text: message.text }] }];
  }
  const steps = (message.steps ?? []).filter((step) => step.result);
  const prompts: PromptMessage[] = [];
  if (steps.length > 0) {
    prompts.push({ role: "assistant", content: [], toolCalls: steps.map((step) => step.call) });
    for (const { call, result } of steps) {
      prompts.push({
        role: "tool",
        toolCallId: call.id,
        name: call.name,
        content: [text(result?.content ?? "")],
      });
    }
  }
  if (message.text) prompts.push({ role: "assistant", content: [text(message.text)] });
  return prompts;
}

async function toPart(
  file: Attachment,
  { principal, attachments, model }: PromptOptions,
): Promise<ContentPart> {
  if (file.kind === "image") {
    if (model && model.capabilities.length > 0 && !model.capabilities.includes("vision")) {
      return text(`[The image ${file.name} was attached; this model cannot see images.]`);
    }
    const bytes = await attachments.bytes(principal, file.id);
    if (!bytes) return text(`[The image ${file.name} was attached and has been deleted.]`);
    return { type: "image", mediaType: file.mediaType, data: bytes.toBase64() };
  }
  const content = await attachments.text(principal, file.id);
  if (content === null) return text(`[The file ${file.name} was attached and has been deleted.]`);
  const fence = "`".repeat(Math.max(3, longestRun(content) + 1));
  return text(`File ${file.name}:\n${fence}\n${content}\n${fence}`);
}

function text(value: string): ContentPart {
  return { type: "text", text: value };
}

function longestRun(content: string): number {
  return Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
}

function stepUp(needed: number, max: number): number {
  let length = NUM_CTX_STEP;
  while (length < needed) length *= 2;
  return Math.min(length, max);
}
