import { assertEquals } from "@std/assert";
import { type ChatImportReport, FreshetError } from "../../shared/mod.ts";
import { TransferModel } from "./transfer_model.ts";

const REPORT: ChatImportReport = { chats: 1, messages: 2, existing: 0, leftOut: {}, failed: 0, problems: [] };
const FILE = new File(["[]"], "conversations.json");

Deno.test("an import shows how far it is and what came of it", async () => {
  const seen: unknown[] = [];
  const model = new TransferModel({
    initial: { type: "idle" },
    api: {
      importChats: (_file, onProgress) => {
        onProgress(0.5);
        seen.push(model.state.value);
        return Promise.resolve(REPORT);
      },
    },
    onError: (error) => seen.push(error),
  });
  await Promise.all([model.import(FILE), model.import(FILE)]);
  assertEquals(seen, [{ type: "running", name: "conversations.json", part: 0.5 }]);
  assertEquals(model.state.value, { type: "done", report: REPORT });
});

Deno.test("an import that is refused says why, and one that was given up says nothing", async () => {
  const errors: unknown[] = [];
  const model = new TransferModel({
    initial: { type: "done", report: REPORT },
    api: {
      importChats: (_file, _onProgress, signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    },
    onError: (error) => errors.push(error),
  });
  const given = model.import(FILE);
  model.cancel();
  await given;
  assertEquals([model.state.value, errors], [{ type: "idle" }, []]);
  const refused = new TransferModel({
    initial: { type: "idle" },
    api: { importChats: () => Promise.reject(new FreshetError("invalid_request", "No export")) },
    onError: (error) => errors.push(error),
  });
  await refused.import(FILE);
  assertEquals(refused.state.value, {
    type: "failed",
    problem: { code: "invalid_request", message: "No export" },
  });
  assertEquals(errors, []);
});
