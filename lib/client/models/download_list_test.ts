import { assertEquals } from "@std/assert";
import { FreshetError, type ModelDownload } from "../../shared/mod.ts";
import { DownloadList } from "./download_list.ts";

const download = (
  id: string,
  updatedAt: number,
  state: ModelDownload["state"] = "running",
): ModelDownload => ({
  id,
  nodeId: "n",
  nodeName: "n",
  model: id,
  state,
  phase: "",
  completedBytes: 0,
  totalBytes: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  createdAt: 0,
  updatedAt,
});

Deno.test("events change, add and remove downloads; one that comes late changes nothing", () => {
  const list = new DownloadList({ downloads: [download("a", 5)], api: never, onError: () => {} });
  const shown = () => list.list.value.map(({ id, updatedAt }) => `${id}${updatedAt}`).join(" ");
  list.receive({ type: "download:changed", download: download("b", 6) });
  assertEquals(shown(), "b6 a5");
  list.receive({ type: "download:changed", download: download("a", 4) });
  list.receive({ type: "download:changed", download: download("b", 7) });
  assertEquals(shown(), "b7 a5");
  list.receive({ type: "download:removed", downloadId: "a" });
  list.receive({ type: "nodes:changed" });
  assertEquals(shown(), "b7");
});

Deno.test("what the server refuses is told, and the list stays", async () => {
  const errors: unknown[] = [];
  const refused = () => Promise.reject(new FreshetError("conflict", "No"));
  const api = { ...never, removeDownload: refused, setDownload: refused };
  const list = new DownloadList({
    downloads: [download("a", 1)],
    api,
    onError: (error) => errors.push(error),
  });
  assertEquals([await list.remove("a"), await list.pause("a")], [false, false]);
  assertEquals([errors.length, list.list.value.length], [2, 1]);
});

Deno.test("a double click asks the server once, and another download is no matter of it", async () => {
  const asked: string[] = [];
  const errors: unknown[] = [];
  let answer = () => {};
  const answered = new Promise<void>((resolve) => answer = resolve);
  const api = {
    ...never,
    setDownload: async (id: string) => {
      asked.push(id);
      await answered;
      return download(id, 2, "paused");
    },
  };
  const list = new DownloadList({
    downloads: [download("a", 1), download("b", 1)],
    api,
    onError: (error) => errors.push(error),
  });
  const clicks = [list.pause("a"), list.pause("a"), list.pause("b")];
  answer();
  assertEquals(await Promise.all(clicks), [true, false, true]);
  assertEquals([asked, errors], [["a", "b"], []]);
  assertEquals(await list.resume("a"), true);
});

const never = {
  downloads: () => Promise.resolve([]),
  download: () => Promise.resolve(download("c", 1)),
  setDownload: () => Promise.resolve(download("c", 1)),
  removeDownload: () => Promise.resolve(),
};
