import { assert, assertEquals } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { operations } from "../../lib/app/mod.ts";
import type {
  ApiKeyView,
  Attachment,
  ChatFolder,
  ChatTag,
  CreatedVersion,
  Message,
  RunInfo,
} from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";
import { unchecked } from "../studio/unchecked.ts";
import { dictated } from "../studio/dictated_prompt.ts";

/** What belongs to the house: the same for all who may use it, or for administrators alone. */
const OF_THE_HOUSE =
  /^\/api\/(folders|trash|nodes|queue|aliases|downloads|models|benchmarks|prompt-sets|backups|profiles|terminal|analytics)\/|^\/v1\//;

/** Bodies and queries that would be right for the owner. */
const BODIES: Readonly<Record<string, (ids: Ids) => unknown>> = {
  updateChat: () => ({ title: "Mine now" }),
  sendMessage: () => ({ text: "Hello" }),
  updateMessage: () => ({ text: "Hello" }),
  updateProject: () => ({ name: "Mine now" }),
  createBranch: ({ versionId }) => ({ name: "mine", versionId }),
  createVersion: () => ({ origin: "prompt", text: "Mine" }),
  updateVersion: () => ({ starred: true }),
  createProjectMessage: () => ({ text: "Mine" }),
  startProcess: ({ versionId }) => ({ versionId }),
  processRequest: () => ({ method: "GET", path: "/", headers: {}, body: "" }),
  saveRequests: () => [],
  updateKey: () => ({ requestsPerMinute: 1 }),
  updateChatFolder: () => ({ name: "Mine now" }),
  renameChatTag: () => ({ name: "Mine now" }),
};

type Ids = Record<
  | "chatId"
  | "folderId"
  | "tagId"
  | "messageId"
  | "runId"
  | "attachmentId"
  | "projectId"
  | "versionId"
  | "keyId"
  | "sessionId",
  string
>;

/** One of everything that belongs to a profile, made by the first administrator. */
async function makeThings(app: TestApp): Promise<Ids> {
  const chat = await app.json<{ id: string }>("POST", "/api/chat/sessions", { title: "Mine" });
  const folder = await app.json<ChatFolder>("POST", "/api/chat/folders", { name: "Mine" });
  const tag = await app.json<ChatTag>("POST", "/api/chat/tags", { name: "Mine" });
  const sent = await app.json<{ run: RunInfo; assistant: Message }>(
    "POST",
    `/api/chat/sessions/${chat.id}/messages`,
    { text: "Hello" },
  );
  const { project, version } = await app.json<CreatedVersion>("POST", "/api/projects", {
    prompt: dictated({ "index.html": "<h1>Hello</h1>\n" }),
  });
  for (const runId of [sent.run.id, version?.runId]) {
    await (await app.fetch(`/api/runs/${runId}/events`)).text();
  }
  const upload = await app.fetch("/api/attachments", { method: "POST", body: formOf("Mine") });
  const attachment = await upload.json() as Attachment;
  const key = await app.json<ApiKeyView>("POST", "/api/keys", { name: "Mine", scopes: ["chat"] });
  const { id: sessionId } = await app.services.sessions.create("local", "click", { address: "127.0.0.1" });
  assert(version);
  return {
    chatId: chat.id,
    folderId: folder.id,
    tagId: tag.id,
    messageId: sent.assistant.id,
    runId: sent.run.id,
    attachmentId: attachment.id,
    projectId: project.id,
    versionId: version.id,
    keyId: key.id,
    sessionId,
  };
}

function formOf(text: string): FormData {
  const form = new FormData();
  form.set("file", new File([text], "mine.txt", { type: "text/plain" }));
  return form;
}

/** The path with the ids of the owner's things. */
function pathOf(path: string, ids: Ids): string {
  const own: Record<string, string> = {
    "/api/chat/folders": ids.folderId,
    "/api/chat/tags": ids.tagId,
    "/api/chat": ids.chatId,
    "/api/runs": ids.runId,
    "/api/attachments": ids.attachmentId,
    "/api/keys": ids.keyId,
    "/api/sessions": ids.sessionId,
  };
  const [, id = ""] = Object.entries(own).find(([beginning]) => path.startsWith(beginning)) ?? [];
  return path.replace("{id}", id)
    .replace("{messageId}", ids.messageId)
    .replace("{projectId}", ids.projectId)
    .replace(/\{(versionId|otherId)\}/g, ids.versionId)
    .replace(/\{\w+\}/g, "none");
}

Deno.test("nothing of a profile is found by another one, not by an administrator either, and nothing is done to it", async () => {
  await using app = await startApp({}, { validate: unchecked });
  const ids = await makeThings(app);
  const add = (role: "member" | "administrator") =>
    app.services.profiles.create(localPrincipal, { name: "Other", role, password: null });
  const others = [await add("member"), await add("administrator")];
  const found: string[] = [];
  const asked = new Set<string>();
  for (const { id, role } of others) {
    const headers = { cookie: await cookieFor(app.services, id, "click"), origin: ORIGIN };
    for (const [name, { method, path }] of Object.entries(operations)) {
      if (!path.includes("{") || OF_THE_HOUSE.test(path)) continue;
      const body = BODIES[name]?.(ids);
      const response = await app.fetch(pathOf(path, ids), {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await response.body?.cancel();
      asked.add(name);
      if (response.status !== 404) found.push(`${name} by another ${role}: ${response.status}`);
    }
    for (const path of [`/chat/${ids.chatId}`, `/projects/${ids.projectId}`]) {
      const response = await app.fetch(path, { headers });
      await response.body?.cancel();
      if (response.status !== 404) found.push(`${path} by another ${role}: ${response.status}`);
    }
    found.push(...await listed(app, headers, ids));
    found.push(...await used(app, headers, ids));
  }
  assertEquals(found, []);
  assert(asked.size > 40, `only ${asked.size} operations have an id of a profile's own`);
  await stillThere(app, ids);
});

/** What the others see in any list. */
async function listed(app: TestApp, headers: Record<string, string>, ids: Ids): Promise<string[]> {
  const paths = Object.values(operations).flatMap(({ method, path, success = {} }) => {
    const isStream = "mediaType" in success && success.mediaType === "text/event-stream";
    return method === "GET" && !path.includes("{") && !isStream ? [path as string] : [];
  });
  const found: string[] = [];
  for (const path of paths.filter((path) => !path.startsWith("/api/system"))) {
    const response = await app.fetch(path === "/api/chat/search" ? `${path}?q=Hello` : path, { headers });
    const text = await response.text();
    for (const [name, id] of Object.entries(ids)) if (text.includes(id)) found.push(`${path} lists ${name}`);
  }
  return found;
}

/** What the others can use in things of their own. */
async function used(app: TestApp, headers: Record<string, string>, ids: Ids): Promise<string[]> {
  const post = async (path: string, body: unknown) => {
    const json = { ...headers, "content-type": "application/json" };
    return await app.fetch(path, { method: "POST", headers: json, body: JSON.stringify(body) });
  };
  const { id } = await (await post("/api/chat/sessions", {})).json() as { id: string };
  const tries: [string, unknown][] = [
    [`/api/chat/sessions/${id}/messages`, { text: "Read it", attachmentIds: [ids.attachmentId] }],
    [`/api/chat/sessions/${id}/messages`, { text: "Go on", parentId: ids.messageId }],
    ["/api/projects", { prompt: "Draw it", imageIds: [ids.attachmentId] }],
  ];
  const found: string[] = [];
  for (const [path, body] of tries) {
    const response = await post(path, body);
    await response.body?.cancel();
    if (response.status < 400) found.push(`${path} takes ${JSON.stringify(body)}`);
  }
  return found;
}

async function stillThere(app: TestApp, ids: Ids): Promise<void> {
  const chat = await app.json<{ title: string }>("GET", `/api/chat/sessions/${ids.chatId}`);
  assertEquals(chat.title, "Mine");
  for (
    const path of [
      `/api/chat/sessions/${ids.chatId}/messages/${ids.messageId}`,
      `/api/attachments/${ids.attachmentId}`,
      `/api/projects/${ids.projectId}/versions/${ids.versionId}`,
    ]
  ) {
    const response = await app.fetch(path);
    await response.body?.cancel();
    assertEquals(response.status, 200, path);
  }
  const { keys } = await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys");
  assertEquals(keys.map(({ id, requestsPerMinute }) => [id, requestsPerMinute]), [[ids.keyId, undefined]]);
  const { sessions } = await app.json<{ sessions: { id: string }[] }>("GET", "/api/sessions");
  assertEquals(sessions.map(({ id }) => id), [ids.sessionId]);
}
