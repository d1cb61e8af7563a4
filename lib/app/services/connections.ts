import { withConnectDeadline } from "../../connect_deadline/mod.ts";
import { Contacts, type Reach } from "../../contacts/mod.ts";
import { createHttp1 } from "../../http1/mod.ts";
import type { Foundation } from "./foundation.ts";

/** ms after which a node that takes no connection counts as unreachable. */
const CONNECT_TIMEOUT_MS = 10_000;

/** What is known of the ways out of this server. */
export interface ConnectionServices {
  /** Which hosts were contacted. */
  contacts: Contacts;
}

/** The ways themselves, of which each feature is given one that is counted. */
export interface Connections extends ConnectionServices {
  /** To model servers and where models are searched for. */
  reach: Reach;
  /** The platform's own, for what runs code elsewhere. */
  plain: typeof fetch;
  /** Closes the connections that are kept. */
  disconnect(): void;
}

/** Makes the ways out of this server. */
export function createConnections({ config, store, clock, log, logging }: Foundation): Connections {
  const connectable = withConnectDeadline(fetch, { timeoutMs: CONNECT_TIMEOUT_MS });
  const http1 = config.http1 === false
    ? undefined
    : createHttp1({ connectTimeoutMs: CONNECT_TIMEOUT_MS, fallback: connectable });
  const contacts = new Contacts({ store, clock, log });
  if (config.kvUrl !== undefined) contacts.note("store", config.kvUrl);
  return {
    contacts,
    reach: {
      fetch: logging.trace.fetch(http1?.fetch ?? connectable),
      // What goes by this way is not seen by the debug mode.
      get http1() {
        return logging.debug.isOn ? undefined : http1;
      },
    },
    plain: fetch,
    disconnect: () => http1?.close(),
  };
}
