import { FreshetError, QUEUED_PHASE, toFreshetError } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { Managed } from "../managed_node.ts";
import type { DownloadRecord } from "./record.ts";

const TIMEOUT_MS = 10_000;

/** Downloads that servers go on with by themselves, when nobody listens: what they are told then. */
export class ServerJobs {
  readonly #managed: (principal: Principal, nodeId: string) => Promise<Managed>;

  constructor(managed: (principal: Principal, nodeId: string) => Promise<Managed>) {
    this.#managed = managed;
  }

  /**
   * Has a server pause a download; what it loaded is kept there. Throws `unsupported` where it has no call for that, and
   * `conflict` where it has come to an end by then.
   */
  async pause(principal: Principal, { nodeId, nodeName, job, state }: DownloadRecord): Promise<void> {
    const { manager, endpoint } = await this.#managed(principal, nodeId);
    if (!manager.pausePull) throw cannotPause(nodeName);
    // One that waits for the next try has none that is at it, or one that has failed.
    if (job === undefined) {
      if (state === "waiting") return;
      throw new FreshetError("conflict", `${nodeName} has only just begun with it`, { hint: "Try again" });
    }
    try {
      await manager.pausePull(endpoint, job, AbortSignal.timeout(TIMEOUT_MS));
    } catch (cause) {
      const error = toFreshetError(cause);
      if (error.code === "unsupported") throw cannotPause(nodeName, cause);
      if (error.code !== "not_found") throw error;
      if (state !== "waiting") {
        throw new FreshetError("conflict", "This download is not under way", { cause });
      }
    }
  }

  /** Has a server end a download. Returns why it could not be told to, null where nothing of it goes on. */
  async cancel(
    principal: Principal,
    { nodeId, nodeName, job, phase, isServerSide }: DownloadRecord,
  ): Promise<FreshetError | null> {
    if (!isServerSide || job === undefined) return null;
    try {
      const { manager, endpoint } = await this.#managed(principal, nodeId);
      await manager.cancelPull(endpoint, job, AbortSignal.timeout(TIMEOUT_MS));
      return null;
    } catch (cause) {
      const error = toFreshetError(cause);
      // The node is gone, or the server is not at it any more; of what waits in its queue it would say the same.
      if (["not_found", "model_not_found"].includes(error.code) && phase !== QUEUED_PHASE) return null;
      return new FreshetError(
        error.code,
        `${nodeName} goes on with it by itself and could not be told to end it: ${error.message}`,
        { hint: "It can be ended in that server itself", cause },
      );
    }
  }
}

function cannotPause(nodeName: string, cause?: unknown): FreshetError {
  return new FreshetError("unsupported", `${nodeName} cannot pause a download`, {
    hint: "Newer versions of LocalAI can; other servers pause it in their own window, if at all",
    cause,
  });
}
