import { type BranchMessage, estimateTokens, IMAGE_TOKENS, type Usage } from "../shared/mod.ts";

/** How many tokens the last answer took, and how full the context window will be with the next. */
export interface TokenFigures {
  prompt: number;
  completion: number;
  total: number;
  /** True where the server reported nothing and we counted. */
  estimated: boolean;
  /** Tokens that the next prompt holds: the branch, the system prompt and the draft. */
  used: number;
  /** Tokens that the model takes; unknown for some. */
  contextLength: number | undefined;
}

/** What the figures are made from. */
export interface TokenSources {
  messages: readonly BranchMessage[];
  /** Of the answer that is being written: what the server reported so far, and our own count. */
  live: { usage: Usage | undefined; tokens: number } | null;
  systemPrompt: string;
  draft: string;
  /** Of the files chosen for the next message. */
  draftFileTokens: number;
  contextLength: number | undefined;
}

/** The server's figures where it reports them, else an estimate that says so. */
export function tokenFigures(sources: TokenSources): TokenFigures {
  const usage = currentUsage(sources);
  const next = estimateTokens(sources.draft) + sources.draftFileTokens;
  const used = usage.totalTokens + next;
  return {
    prompt: usage.promptTokens,
    completion: usage.completionTokens,
    total: usage.totalTokens,
    estimated: usage.estimated,
    used,
    contextLength: sources.contextLength,
  };
}

function currentUsage({ messages, live, systemPrompt }: TokenSources): Usage {
  if (live?.usage) return live.usage;
  const settled = live ? messages.slice(0, -1) : messages;
  const at = settled.findLastIndex((message) => message.usage !== undefined);
  const reported = settled[at]?.usage;
  const since = settled.slice(at + 1).reduce((sum, message) => sum + tokensOf(message), 0);
  if (!live && reported && since === 0) return reported;
  const promptTokens = (reported?.totalTokens ?? estimateTokens(systemPrompt)) + since;
  const completionTokens = live?.tokens ?? 0;
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true };
}

/** A message's tokens, estimated. */
export function tokensOf(message: BranchMessage): number {
  const files = (message.attachments ?? []).reduce(
    (sum, file) => sum + (file.tokens || (file.kind === "image" ? IMAGE_TOKENS : 0)),
    0,
  );
  return estimateTokens(message.text) + files;
}
