import { assertEquals } from "@std/assert";
import { silentLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { localPrincipal } from "../access/mod.ts";
import { openStore, recordType, type Store } from "../store/mod.ts";
import { ConfigStore } from "./configs/config_store.ts";
import { Creations } from "./configs/creations.ts";
import { creationView } from "./configs/records.ts";
import { Digests } from "./digests/digests.ts";
import { Downloads } from "./downloads/downloads.ts";
import { PinStore } from "./pins/pin_store.ts";

const DIGEST = "1".repeat(64);
const CONTENT = { base: "a:latest", parameters: { seed: 7 }, system: "", template: "" };
const CREATION = {
  profileId: "local",
  ownerId: "an older process",
  configId: "c",
  name: "a:latest",
  number: 1,
  nodeId: "n",
  nodeName: "Workstation",
  phase: "",
  startedAt: 5,
  updatedAt: 6,
};
const DOWNLOAD = {
  profileId: "local",
  ownerId: "an older process",
  nodeId: "n",
  nodeName: "Rack",
  model: "a",
  phase: "pulling a",
  completedBytes: 10,
  totalBytes: 100,
  bytesPerSecond: 0,
  secondsLeft: null,
  createdAt: 5,
  updatedAt: 6,
  job: "j-1",
  isServerSide: true,
};

/** The keys and values as they were written while each was told the profile that asked. */
const KEPT: [name: string, key: Deno.KvKey, value: unknown][] = [
  ["model configuration", ["model_config", "local", "c"], {
    id: "c",
    name: "a:latest",
    latest: 1,
    createdAt: 5,
    updatedAt: 6,
  }],
  ["version of a model configuration", ["model_config_version", "local", "c", 1], {
    number: 1,
    content: CONTENT,
    note: "",
    origin: "saved",
    createdAt: 5,
  }],
  ["creation of a model", ["model_creation", "local", "c", 1, "n"], {
    ...CREATION,
    state: "done",
    digest: DIGEST,
    finishedAt: 6,
  }],
  ["creation of a model", ["model_creation", "local", "c", 1, "o"], {
    ...CREATION,
    nodeId: "o",
    state: "creating",
  }],
  ["base of a model configuration", ["model_base", "local", "n", "a:latest"], {
    copy: "a:latest-base-222222222222",
    digest: "2".repeat(64),
    made: [DIGEST],
  }],
  ["digests of a model", ["model_digest", "local", "n", "a:latest"], {
    model: "a:latest",
    entries: [{ digest: DIGEST, at: 6, by: "server" }],
    changedAt: 6,
  }],
  ["pin of a model", ["model_pin", "local", "n", "a:latest", DIGEST], {
    nodeId: "n",
    model: "a:latest",
    digest: DIGEST,
    copy: "a:latest-pin-111111111111",
    createdAt: 5,
  }],
  ["model download", ["model_download", "local", "d1"], { ...DOWNLOAD, id: "d1", state: "paused" }],
  ["model download", ["model_download", "local", "d2"], { ...DOWNLOAD, id: "d2", state: "running" }],
];

async function keep(store: Store): Promise<void> {
  for (const [name, key, value] of KEPT) {
    await using transaction = store.transaction();
    await transaction.set(recordType<unknown>(name), key, value);
    await transaction.commit();
  }
}

Deno.test("what was kept of models under a profile is found and gone on with as the house's", async () => {
  const store = await openStore({ folder: ":memory:" });
  const clock = new FakeClock();
  const nobody = () => Promise.reject(new Error("not asked"));
  const common = { store, clock, log: silentLog, managed: nobody };
  const asked: (string | undefined)[] = [];
  const downloads = new Downloads({
    ...common,
    managed: () =>
      Promise.resolve({
        node: {},
        endpoint: {},
        manager: {
          async *pull(_: unknown, _model: string, _signal: AbortSignal, job?: string) {
            asked.push(job);
            yield await Promise.resolve({ phase: "done" });
          },
        },
      } as never),
    feed: { publish: () => {} },
    during: (_, work) => work(),
    onModel: () => Promise.resolve(),
  });
  const creations = new Creations({
    ...common,
    renew: () => Promise.resolve([]),
    during: (_, work) => work(),
    publish: () => {},
  });
  try {
    await keep(store);
    const configs = new ConfigStore(store);
    assertEquals([...await configs.ids()], [["a:latest", "c"]]);
    assertEquals((await configs.versions("c")).map(({ content }) => content), [CONTENT]);
    await creations.start();
    const views = (await creations.list("c")).map(creationView);
    assertEquals(views.map(({ nodeId, state }) => `${nodeId} ${state}`), ["n done", "o interrupted"]);
    assertEquals("profileId" in (views[0] ?? {}), false);
    assertEquals(await creations.bases.of("n", "a:latest"), "a:latest-base-222222222222");
    const digests = new Digests({ ...common, onChange: () => Promise.resolve(), onStale: () => {} });
    assertEquals(await digests.changes("n"), [["a:latest", 6]]);
    await digests.note("n", "a:latest", 6);
    assertEquals([(await digests.of("n", "a:latest"))?.entries[0]?.digest, await digests.changes("n")], [
      DIGEST,
      [],
    ]);
    const pins = new PinStore(store);
    assertEquals((await pins.of("n", "a:latest")).map(({ digest }) => digest), [DIGEST]);
    await pins.delete({ nodeId: "n", model: "a:latest", digest: DIGEST });
    assertEquals(await pins.all(), []);
    await downloads.start();
    for (let i = 0; i < 100 && (await downloads.list(localPrincipal))[0]?.state !== "done"; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const list = await downloads.list(localPrincipal);
    assertEquals(list.map(({ id, state }) => `${id} ${state}`), ["d2 done", "d1 paused"]);
    assertEquals([asked, "profileId" in (list[0] ?? {})], [["j-1"], false]);
    await downloads.remove(localPrincipal, "d1");
    assertEquals((await downloads.list(localPrincipal)).length, 1);
  } finally {
    await downloads.close();
    await creations.close();
    store.close();
  }
});
