import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Chats } from "../../chats/mod.ts";
import { recordedFetch } from "../../contacts/mod.ts";
import { E2bSandbox, LocalSandbox, type Sandbox } from "../../sandbox/mod.ts";
import { newId } from "../../shared/mod.ts";
import { type ImageStore, Previews, Processes, Studio, validateIn } from "../../studio/mod.ts";
import type { AppConfig } from "../config.ts";
import type { Access } from "./access.ts";
import type { ChatServices } from "./chats.ts";
import type { Connections } from "./connections.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";
import type { ServiceOverrides } from "./overrides.ts";

/** Projects, and what runs them. */
export interface StudioServices {
  studio: Studio;
  previews: Previews;
  processes: Processes;
}

/** The same, with what only the other services are made of. */
export interface StudioLayer extends StudioServices {
  /** Where code runs, which may be this machine. */
  sandbox: Sandbox;
  /** What this machine ran code in, whoever runs it now. */
  local: LocalSandbox;
}

/** What the studio is made of. */
export interface StudioOptions
  extends
    Foundation,
    Pick<Access, "apiKeys">,
    Pick<InferenceServices, "nodes">,
    Pick<ChatServices, "runs" | "chats"> {
  connections: Connections;
  overrides: ServiceOverrides;
}

/** Makes what projects are built, run and shown by. */
export function createStudio(options: StudioOptions): StudioLayer {
  const { config, store, clock, log, feed, nodes, apiKeys, runs, chats, overrides } = options;
  const { contacts, plain } = options.connections;
  const asked = {
    clock,
    log,
    fetch: recordedFetch(contacts, "sandbox", plain),
    onContact: (origin: string) => contacts.note("sandbox", origin),
  };
  const local = new LocalSandbox({ directory: sandboxDirectory(config), ...asked });
  const sandbox = config.e2b ? new E2bSandbox({ ...config.e2b, ...asked }) : local;
  const validate = overrides.validate ?? validateIn(sandbox);
  const images = imagesOf(chats);
  const studio = new Studio({ store, clock, log, feed, nodes, apiKeys, runs, images, validate });
  const processes = new Processes({ store, clock, studio, sandbox });
  const previews = new Previews({ store, clock, studio, processes });
  return { studio, previews, processes, sandbox, local };
}

/** Pictures of projects are kept where those of chats are. */
function imagesOf({ attachments }: Chats): ImageStore {
  return {
    getAll: (principal, ids) => attachments.getAll(principal, ids),
    bytes: (principal, id) => attachments.bytes(principal, id),
    keep: (principal, operation, ids, projectId) => {
      attachments.use(principal, operation, ids.map((id) => ({ id })), projectId);
    },
    release: (profileId, id, projectId) => attachments.release(profileId, id, projectId),
  };
}

/** Beside the data; an app whose data is in memory has a place of its own for as long as it lives. */
function sandboxDirectory({ dataFolder }: AppConfig): string {
  return dataFolder === ":memory:" ? join(tmpdir(), `freshet-${newId()}`) : join(dataFolder, "sandbox");
}
