import { asset } from "fresh/runtime";
import type { DiffReply, DiffRequest } from "../../workers/diff_worker.ts";
import type { DiffRows, DiffView } from "./rows.ts";

const waiting = new Map<number, (rows: DiffRows) => void>();
let worker: Worker | undefined;
let lastId = 0;

/** The rows of two texts, made in a worker, so that even large files hold nothing up. */
export function rowsInWorker(view: DiffView, before: string, after: string): Promise<DiffRows> {
  worker ??= startWorker();
  const request: DiffRequest = { id: ++lastId, view, before, after };
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    worker?.postMessage(request);
  });
}

function startWorker(): Worker {
  const started = new Worker(asset("/gen/diff_worker.js"), { type: "module" });
  started.onmessage = ({ data: { id, ...rows } }: MessageEvent<DiffReply>) => {
    waiting.get(id)?.(rows);
    waiting.delete(id);
  };
  return started;
}
