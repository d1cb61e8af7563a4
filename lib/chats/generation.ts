import { type Chat, type ChatSettings, FreshetError, type Message } from "../shared/mod.ts";
import type { Preferences, Principal } from "../access/mod.ts";
import type { Clock } from "../host/mod.ts";
import type { Nodes } from "../nodes/mod.ts";
import type { Store } from "../store/mod.ts";
import type { ToolRegistry } from "../tools/mod.ts";
import { answer } from "./answer.ts";
import type { Attachments } from "./attachments.ts";
import { written } from "./message_state.ts";
import { buildPrompt } from "./prompt.ts";
import { MessageTree } from "./tree.ts";

const CONTINUE_PROMPT =
  "Continue your last message exactly where it stopped. Do not repeat anything and do not comment on it.";

/** What generations need. */
export interface GenerationOptions {
  store: Store;
  clock: Clock;
  attachments: Attachments;
  nodes: Nodes;
  tools: ToolRegistry;
  preferences: Preferences;
}

/** One answer to be made. */
export interface Generation {
  principal: Principal;
  chat: Chat;
  assistant: Message;
  /** True where the message says something already, which its run begins with. */
  isContinued: boolean;
}

/**
 * Makes an answer: chooses the model, builds the prompt out of the branch, and lets the model write. An answer that goes on
 * begins with what its message says already. Throws `model_not_found` where no model is there.
 */
export async function* generate(
  { principal, chat, assistant, isContinued }: Generation,
  options: GenerationOptions,
  signal: AbortSignal,
): ReturnType<typeof answer> {
  if (isContinued) yield* written(assistant);
  const { attachments, nodes, preferences, store, tools } = options;
  const settings = await effectiveSettings(preferences, principal, chat.settings);
  const { models, defaultModel } = await nodes.modelsOrMeet(principal, settings.model ?? "");
  const model = settings.model || defaultModel;
  if (!model) {
    throw new FreshetError("model_not_found", "No model is there to answer", {
      hint: "Add a node in Settings",
    });
  }
  yield { type: "start", model, startedAt: options.clock.now() };
  const tree = new MessageTree(store, principal.profileId, chat.id);
  const prompt = await buildPrompt({
    principal,
    history: tree.upFrom(isContinued ? assistant.id : assistant.parentId),
    systemPrompt: settings.systemPrompt ?? "",
    model: models.find(({ id }) => id === model),
    maxTokens: settings.maxTokens,
    attachments,
  });
  if (isContinued) {
    prompt.messages.push({ role: "user", content: [{ type: "text", text: CONTINUE_PROMPT }] });
  }
  const { localOnly, nodeId, systemPrompt: _, tools: toolNames = [], ...parameters } = settings;
  const definitions = tools.definitions(toolNames);
  const request = {
    contextLength: prompt.contextLength,
    ...parameters,
    model,
    messages: prompt.messages,
    ...(definitions.length > 0 ? { tools: definitions } : {}),
  };
  const source = {
    type: "chat" as const,
    chatId: chat.id,
    messageId: assistant.id,
    runId: assistant.runId ?? "",
  };
  return yield* answer({
    call: { principal, request, source, nodeId, localOnly },
    dispatcher: nodes.dispatcher,
    tools,
    toolContext: { readAttachments: () => texts(principal, tree, assistant.parentId, attachments) },
  }, signal);
}

/** The texts of all files on the branch above a message. */
async function texts(
  principal: Principal,
  tree: MessageTree,
  leafId: string | null,
  files: Attachments,
): Promise<{ name: string; text: string }[]> {
  const found: { name: string; text: string }[] = [];
  for await (const { attachments = [] } of tree.upFrom(leafId)) {
    for (const { id, name } of attachments) {
      const text = await files.text(principal, id);
      if (text !== null) found.push({ name, text });
    }
  }
  return found;
}

/** A chat's own settings over the person's. */
async function effectiveSettings(
  preferences: Preferences,
  principal: Principal,
  own: ChatSettings,
): Promise<ChatSettings> {
  const { defaultModel, localOnly, temperature, maxTokens, systemPrompt } = await preferences.get(principal);
  const settings: ChatSettings = { model: defaultModel, localOnly, temperature, systemPrompt, ...own };
  const limit = own.maxTokens ?? maxTokens;
  if (limit > 0) settings.maxTokens = limit;
  else delete settings.maxTokens;
  return settings;
}
