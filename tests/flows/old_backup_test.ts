import { assert, assertEquals, assertRejects } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { FreshetError, type MessagePage } from "../../lib/shared/mod.ts";
import { rewrite } from "../../lib/store/backup/testing.ts";
import { startApp, type TestApp } from "../harness.ts";

/** A backup whose API key and ledger row have schema 1; now both have 2. */
const FIXTURE = new URL("../fixtures/backup_schema_1.zip", import.meta.url).pathname;
const SECRET = "fsh_ZWu-cnQDImmSwleEkFpzGWZaRupK83gvexjjWtsfD2w";
const CHAT = "01m7z06wnrfs5pq0tbrm88kyqs";

async function restoreFile(app: TestApp, path: string): Promise<void> {
  await app.services.backups.restore(localPrincipal, { upload: (await Deno.open(path)).readable });
}

Deno.test("a backup of the previous schema numbers opens, and its records are upgraded as they are read", async () => {
  await using app = await startApp();
  const { ledger, apiKeys, chats } = app.services;
  const unfiled = async () => (await chats.list(localPrincipal, undefined, 9, { folder: "none" })).chats;
  assertEquals(await unfiled(), []);
  await restoreFile(app, FIXTURE);
  assertEquals(
    (await unfiled()).map(({ id }) => id),
    [CHAT],
    "chats of before there were folders are listed",
  );
  const [row] = await ledger.latest(localPrincipal);
  assertEquals([row?.costNano, row?.priceVersion, row?.source.type], [0, 0, "chat"]);
  assertEquals((await apiKeys.list(localPrincipal))[0]?.continuesAnswers, false);
  const headers = { authorization: `Bearer ${SECRET}` };
  const response = await app.fetch(`/api/chat/sessions/${CHAT}/messages`, { headers });
  const { messages }: MessagePage = await response.json();
  assertEquals(messages.map(({ text }) => text).at(-1)?.trim(), "Hello from before");
});

Deno.test("a backup of a newer schema number is refused, and nothing has changed", async () => {
  await using app = await startApp();
  const path = await Deno.makeTempFile({ suffix: ".zip" });
  try {
    await rewrite(FIXTURE, path, {
      "data/api_key.jsonl": (text) => text.replace('"schema":1', '"schema":3'),
    });
    const error = await assertRejects(() => restoreFile(app, path), FreshetError);
    assertEquals(
      error.message,
      "Cannot read the backup: it was made by a newer Freshet (its API key has schema 3)",
    );
    assertEquals((await app.services.backups.view(localPrincipal)).work, []);
    assert(!app.services.backups.isRestoring);
    await restoreFile(app, FIXTURE);
  } finally {
    await Deno.remove(path);
  }
});
