import { join } from "node:path";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type {
  BackupInfo,
  BackupSchedule,
  BackupsView,
  Chat,
  ChatList,
  RestoreView,
} from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { startApp, type TestApp } from "../harness.ts";

async function backupOf(
  app: TestApp,
  body: unknown = {},
): Promise<{ info: BackupInfo; bytes: Uint8Array<ArrayBuffer> }> {
  const info = await app.json<BackupInfo>("POST", "/api/backups", body, 201);
  const response = await app.fetch(`/api/backups/${info.id}`);
  assertEquals(response.headers.get("content-disposition"), `attachment; filename="${info.id}"`);
  return { info, bytes: new Uint8Array(await response.arrayBuffer()) };
}

async function post(app: TestApp, path: string, body: BodyInit, headers: HeadersInit = {}) {
  const response = await app.fetch(path, { method: "POST", body, headers });
  return { status: response.status, body: await response.json() };
}

Deno.test("a backup goes from one Freshet to another through the API, and only into an empty one", async () => {
  await using app = await startApp();
  const chat = await app.json<Chat>("POST", "/api/chat/sessions", { title: "Rivers" });
  const { info, bytes } = await backupOf(app, { password: "pässword" });
  assertEquals(info.size, bytes.length);
  await using other = await startApp();
  const { status, body: refused } = await post(other, "/api/restore", bytes);
  assertEquals([status, refused.error.field], [400, "password"]);
  const headers = { "x-backup-password": encodeURIComponent("pässword") };
  const restored = await post(other, "/api/restore", bytes, headers);
  assertEquals([restored.status, (restored.body as RestoreView).counts.chat], [200, 1]);
  const { chats } = await other.json<ChatList>("GET", "/api/chat/sessions");
  assertEquals(chats.map(({ id, title }) => [id, title]), [[chat.id, "Rivers"]]);
  const again = await post(other, "/api/restore", bytes, headers);
  assertEquals(again.status, 409);
  assertStringIncludes(again.body.error.message, "this Freshet is not empty, it has chat");
  const junk = await post(other, "/api/restore", "hello");
  assertEquals(junk.status, 409);
});

Deno.test("while a restore writes nobody else does, and afterwards services know what is there", async () => {
  await using source = await startApp();
  await source.json("PATCH", "/api/settings", { theme: "llama" });
  for (let i = 0; i < 300; i++) await source.json("POST", "/api/chat/sessions", { title: `Chat ${i}` });
  const { bytes } = await backupOf(source);
  await using app = await startApp();
  await app.json("GET", "/api/settings");
  const restoring = post(app, "/api/restore?withoutSecrets=1", bytes);
  while (!app.services.backups.isRestoring) await new Promise((resolve) => setTimeout(resolve, 1));
  for (const path of ["/api/chat/sessions", "/v1/models"]) {
    const response = await app.fetch(path);
    assertEquals([path, response.status], [path, 503]);
    await response.body?.cancel();
  }
  assertEquals((await app.fetch("/api/backups")).status, 200);
  assertEquals((await restoring).status, 200);
  const { theme } = await app.json<{ theme: string }>("GET", "/api/settings");
  assertEquals(theme, "llama");
});

Deno.test("who restores stays logged in, everybody else is a stranger then", async () => {
  await using source = await startApp();
  await source.json("POST", "/api/chat/sessions", { title: "Rivers" });
  const { bytes } = await backupOf(source);
  await using app = await startApp();
  const [own, other] = [await cookieFor(app.services), await cookieFor(app.services)];
  const status = async (cookie: string) => {
    const response = await app.fetch("/api/chat/sessions", { headers: { cookie } });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals([await status(own), await status(other)], [200, 200]);
  const { status: restored } = await post(app, "/api/restore?withoutSecrets=1", bytes, { cookie: own });
  assertEquals([restored, await status(own), await status(other)], [200, 200, 401]);
});

Deno.test("files of added folders are counted, taken along and restored through the API", async () => {
  await using source = await startApp();
  const docs = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(join(docs, "notes.txt"), "hello");
    await Deno.symlink("/etc/passwd", join(docs, "link"));
    await source.json("POST", "/api/folders", { path: docs, confirmed: true }, 201);
    const size = await source.json("GET", "/api/backups/size");
    assertEquals(size, { folders: 1, files: 1, bytes: 5, isPartial: false });
    const { info, bytes } = await backupOf(source, { withFiles: true });
    assertEquals(info.files?.named, [{ path: "link", why: "link" }]);
    const { backups } = await source.json<BackupsView>("GET", "/api/backups");
    assertEquals([backups[0]?.files?.files, backups[0]?.files?.named], [1, []]);
    await Deno.remove(docs, { recursive: true });
    await using app = await startApp();
    const { body } = await post(app, "/api/restore?withoutSecrets=1", bytes);
    assertEquals((body as RestoreView).files?.folders, [{ path: docs }]);
    assertEquals(await Deno.readTextFile(join(docs, "notes.txt")), "hello");
    const { folders } = await app.json<{ folders: { path: string; isThere: boolean }[] }>(
      "GET",
      "/api/folders",
    );
    assertEquals(folders.map(({ path, isThere }) => [path, isThere]), [[docs, true]]);
  } finally {
    await Deno.remove(docs, { recursive: true });
  }
});

Deno.test("schedule, list, check and delete by the API; it is for administrators", async () => {
  await using app = await startApp();
  const schedule: BackupSchedule = {
    every: "week",
    time: "23:45",
    weekday: 0,
    keep: 3,
    folder: "",
    withFiles: false,
  };
  await app.json("PUT", "/api/backups/schedule", schedule, 200);
  assertEquals(await app.json("GET", "/api/backups/schedule"), schedule);
  await app.json("PUT", "/api/backups/schedule", { ...schedule, time: "25:00" }, 400);
  await app.json("PUT", "/api/backups/schedule", { ...schedule, folder: "../x" }, 400);
  const { info } = await backupOf(app);
  const view = await app.json<BackupsView>("GET", "/api/backups");
  assertEquals([view.backups.map(({ id }) => id), view.work, view.keySource], [[info.id], [], "file"]);
  assert(view.status.nextAt && new Date(view.status.nextAt).getDay() === 0);
  const checked = await app.json<BackupInfo>("POST", `/api/backups/${info.id}/check`, {});
  assertEquals(checked.check?.problem, undefined);
  await app.json("DELETE", `/api/backups/${info.id}`, undefined, 204);
  await app.json("GET", `/api/backups/${info.id}`, undefined, 404);
  await app.json("GET", "/api/backups/..%2F..%2Fetc%2Fpasswd", undefined, 404);
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes: ["chat"] });
  const response = await app.fetch("/api/backups", { headers: { authorization: `Bearer ${secret}` } });
  assertEquals(response.status, 403);
  await response.body?.cancel();
});

Deno.test("the page works without a script: it makes, plans, refuses, deletes and restores", async () => {
  await using app = await startApp();
  const send = async (to: TestApp, data: FormData | URLSearchParams) => {
    const response = await to.fetch("/settings/backup", { method: "POST", body: data });
    return { status: response.status, html: await response.text() };
  };
  const form = (fields: Record<string, string>) => new URLSearchParams(fields);
  assertStringIncludes((await send(app, form({ intent: "create", password: "" }))).html, "read again.");
  const plan = { intent: "schedule", every: "day", time: "04:00", weekday: "1", keep: "5", folder: "" };
  assertStringIncludes((await send(app, form(plan))).html, "The schedule was saved.");
  const bad = await send(app, form({ ...plan, folder: "no/path" }));
  assertEquals(bad.status, 400);
  assertStringIncludes(bad.html, "the path has to be absolute");
  const { backups: [kept] } = await app.json<BackupsView>("GET", "/api/backups");
  const bytes = await (await app.fetch(`/api/backups/${kept?.id}`)).arrayBuffer();
  await using other = await startApp();
  const upload = (content: BlobPart) => {
    const data = new FormData();
    data.append("file", new File([content], "b.zip"));
    data.append("withoutSecrets", "on");
    return data;
  };
  const junk = await send(other, upload("junk"));
  assertEquals(junk.status, 400);
  assertStringIncludes(junk.html, "it is no ZIP archive");
  assertStringIncludes(
    (await send(other, upload(bytes))).html,
    "was compared with the backup and is the same",
  );
  const asked = await (await app.fetch(`/settings/backup?delete=${kept?.id}`)).text();
  assertStringIncludes(asked, "Delete this backup?");
  await send(app, form({ intent: "delete", id: kept?.id ?? "" }));
  assertEquals((await app.json<BackupsView>("GET", "/api/backups")).backups, []);
});
