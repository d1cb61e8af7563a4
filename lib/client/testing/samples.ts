import {
  ALL_FEATURES,
  type BranchMessage,
  type Chat,
  type ChatPageData,
  defaultUiSettings,
  encodeSse,
  type ModelEntry,
  type RunEvent,
  type RunInfo,
  type StartedRun,
} from "../../shared/mod.ts";

/** A chat with what matters to a test. */
export function sampleChat(id = "c1", changes: Partial<Chat> = {}): Chat {
  return {
    id,
    title: `Chat ${id}`,
    titleSource: "auto",
    pinned: false,
    temporary: false,
    settings: {},
    activeLeafId: null,
    messageCount: 0,
    createdAt: 0,
    updatedAt: 0,
    ...changes,
  };
}

/** A message with what matters to a test. */
export function sampleMessage(id: string, changes: Partial<BranchMessage> = {}): BranchMessage {
  return {
    id,
    chatId: "c1",
    parentId: null,
    role: "user",
    status: "complete",
    text: `Text of ${id}`,
    createdAt: 0,
    siblings: { index: 0, ids: [id] },
    ...changes,
  };
}

/** Messages that follow each other, by turns of the person and the model. */
export function sampleBranch(from: number, to: number): BranchMessage[] {
  return Array.from({ length: to - from }, (_, i) => {
    const place = from + i;
    return sampleMessage(`m${place}`, {
      parentId: place === 0 ? null : `m${place - 1}`,
      role: place % 2 === 0 ? "user" : "assistant",
    });
  });
}

/** A run that writes a message. */
export function sampleRun(id = "r1", messageId = "a1"): RunInfo {
  return { id, subject: { type: "chat", chatId: "c1", messageId }, status: "running", startedAt: 0 };
}

/** What the server answers to a message that it took. */
export function sampleTurn(parentId: string | null, changes: Partial<StartedRun> = {}): StartedRun {
  const user = sampleMessage("u1", { parentId });
  const assistant = sampleMessage("a1", {
    parentId: "u1",
    role: "assistant",
    status: "streaming",
    text: "",
    runId: "r1",
  });
  return { chat: sampleChat(), user, assistant, run: sampleRun(), ...changes };
}

/** An event of a run as it stands on the wire. */
export function onWire(runId: string, seq: number, event: RunEvent): string {
  return encodeSse({ id: `${runId}.${seq}`, event: event.type, data: JSON.stringify(event) });
}

/** A model on one node of its own, or on those given. */
export function sampleModel(id: string, changes: Partial<ModelEntry> = {}): ModelEntry {
  return {
    id,
    name: id,
    capabilities: ["chat"],
    nodes: [{ id: "n1", name: "Node 1", kind: "ollama", local: true }],
    ...changes,
  };
}

/** The data of a chat page. */
export function samplePage(changes: Partial<ChatPageData> = {}): ChatPageData {
  return {
    profileId: "local",
    chat: null,
    page: { messages: [], before: null },
    running: null,
    chats: { chats: [], cursor: null },
    folders: [],
    folderChats: {},
    tags: [],
    models: [sampleModel("llama")],
    defaultModel: "llama",
    tools: [],
    settings: defaultUiSettings(),
    canConnect: true,
    features: ALL_FEATURES,
    language: "en",
    ...changes,
  };
}
