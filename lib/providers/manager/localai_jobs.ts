import { FreshetError, QUEUED_PHASE, type ServerJob } from "../../shared/mod.ts";
import { HttpFailure } from "../http_failure.ts";
import type { PullStep } from "../manager.ts";
import type { Endpoint } from "../provider.ts";
import { bytesOf } from "./byte_size.ts";
import { countOf, firstText, recordOf, textOf } from "./fields.ts";
import type { Progress } from "./poll.ts";
import { parseServerError } from "../server_error.ts";
import type { ServerApi } from "./server_api.ts";

/** What LocalAI says where a job is not known: it keeps them in memory. */
const UNKNOWN_JOB = /could not find any status/i;
/** What it says where a job is over, or was never begun. */
const NOT_AT_IT = /not found or already completed|is already (cancelled|paused)/i;
const PAUSED_ALREADY = /is already paused/i;
const UNKNOWN_NAME = /no (model|backend) found with name|model .*not found|could not find/i;

/** The id of a job that was begun; models and backends name it differently. */
export function jobOf(answer: unknown): string {
  const { uuid, id, ID } = recordOf(answer);
  return firstText(uuid, id, ID);
}

/** What the server tells of a job (`galleryop.OpStatus`). */
export function askJob(
  api: ServerApi,
  endpoint: Endpoint,
  id: string,
  signal: AbortSignal,
): Promise<unknown> {
  return api.ask(endpoint, `/models/jobs/${encodeURIComponent(id)}`, signal);
}

/**
 * Asks how far a job is that was begun just now. LocalAI works at one job at a time and tells nothing of those behind it, so
 * one that it has not told of yet waits for its turn; one that it knew and knows no more was lost with its process.
 */
export function askOf(
  api: ServerApi,
  endpoint: Endpoint,
  id: string,
  model: string,
  signal: AbortSignal,
): () => Promise<Progress> {
  let isKnown = false;
  return async () => {
    try {
      const progress = statusOf(await askJob(api, endpoint, id, signal), id, model);
      isKnown = true;
      return progress;
    } catch (error) {
      const isQueued = !isKnown && error instanceof FreshetError && UNKNOWN_JOB.test(error.message);
      if (!isQueued) throw error;
      return { isDone: false, isWord: true, step: { phase: QUEUED_PHASE, job: id } };
    }
  };
}

/**
 * Pauses or cancels a job (https://localai.io/features/operations/): a pause keeps the `.partial` file, with which the next
 * job of the same model goes on, and cancelling drops it. Versions before 3.8 can do neither, and many later ones only cancel.
 */
export async function operate(
  api: ServerApi,
  endpoint: Endpoint,
  id: string,
  what: "pause" | "cancel",
  signal: AbortSignal,
): Promise<void> {
  try {
    await api.ask(endpoint, `/api/operations/${encodeURIComponent(id)}/${what}`, signal, { method: "POST" });
  } catch (error) {
    const failure = error instanceof FreshetError ? error.cause : undefined;
    const words = failure instanceof HttpFailure ? parseServerError(failure.body).message : "";
    if (!NOT_AT_IT.test(words)) throw error;
    // Somebody did in the server's own window what is asked for here.
    if (what === "pause" && PAUSED_ALREADY.test(words)) return;
    throw new FreshetError("not_found", "LocalAI is not at this download any more", { cause: error });
  }
}

/** Whether a job that was begun before is still there, and did not fail. */
export async function followJob(
  api: ServerApi,
  endpoint: Endpoint,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const status = recordOf(await askJob(api, endpoint, id, signal));
    return failureOf(status) === "" && status.cancelled !== true && status.paused !== true;
  } catch (error) {
    if (isUnknownJob(error)) return false;
    throw error;
  }
}

/** Whether the server said that it knows no such job. */
export function isUnknownJob(error: unknown): boolean {
  return error instanceof FreshetError &&
    (UNKNOWN_JOB.test(error.message) || ["model_not_found", "unsupported"].includes(error.code));
}

/** How far a job of a model is (`galleryop.OpStatus`). Throws what it failed of. */
export function statusOf(answer: unknown, job: string, model: string): Progress {
  const status = recordOf(answer);
  const failure = failureOf(status);
  if (failure !== "") throw failed(failure, model);
  if (status.cancelled === true) {
    throw new FreshetError("conflict", `LocalAI was told to end the download of ${model}`, {
      hint: "Go on with it to have it begun anew",
    });
  }
  if (status.paused === true) {
    throw new FreshetError("conflict", `The download of ${model} was paused in LocalAI`, {
      hint: "Go on with it here or there; what was loaded is kept",
    });
  }
  return { isDone: status.processed === true, step: stepOf(status, job) };
}

/** The same for a page, which shows a failure and goes on. */
export function serverJobOf(id: string, answer: unknown): ServerJob {
  const status = recordOf(answer);
  const failure = failureOf(status);
  const state = failure !== ""
    ? "failed"
    : status.cancelled === true
    ? "cancelled"
    : status.processed === true
    ? "done"
    : "running";
  const percent = Math.min(100, Math.round(state === "done" ? 100 : countOf(status.progress) ?? 0));
  return { id, state, message: failure || textOf(status.message), percent };
}

/** Newer versions tell bytes, older ones a size in words and the percent. */
function stepOf(status: Record<string, unknown>, job: string): PullStep {
  const isVerifying = textOf(status.phase) !== "" && textOf(status.phase) !== "downloading";
  const phase = isVerifying ? textOf(status.phase) : `pulling ${textOf(status.file_name)}`.trim();
  const totalBytes = countOf(status.total_bytes) ?? bytesOf(textOf(status.file_size));
  if (totalBytes === undefined) return { phase, job };
  const share = Math.min(1, (countOf(status.progress) ?? 0) / 100);
  const completedBytes = countOf(status.current_bytes) ?? bytesOf(textOf(status.downloaded_size)) ??
    Math.round(totalBytes * share);
  const digest = textOf(status.file_name) || job;
  return { phase, job, layer: { digest, totalBytes, completedBytes: Math.min(completedBytes, totalBytes) } };
}

/** Older versions wrote an error as an empty object, and its words into the message. */
function failureOf({ error, message }: Record<string, unknown>): string {
  if (typeof error === "string" && error !== "") return error;
  const words = textOf(message);
  if (typeof error === "object" && error !== null) return words || "it gave no reason";
  return /^error:/i.test(words) ? words.replace(/^error:\s*/i, "") : "";
}

function failed(failure: string, model: string): FreshetError {
  if (UNKNOWN_NAME.test(failure)) {
    return new FreshetError("model_not_found", `LocalAI's galleries have no model ${model}`, {
      hint:
        "Search the gallery for its name; files of Hugging Face are named huggingface://owner/repository/file.gguf",
    });
  }
  return new FreshetError("upstream", `LocalAI could not install ${model}: ${failure.slice(0, 400)}`);
}
