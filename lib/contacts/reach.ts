import type { ContactFeature } from "../shared/mod.ts";
import type { Fetch, Http1 } from "../http1/mod.ts";
import type { Contacts } from "./contacts.ts";

/** The ways out of this server, as providers take them. */
export interface Reach {
  fetch: Fetch;
  /** Absent while requests are to be looked at. */
  readonly http1?: Pick<Http1, "request"> | undefined;
}

/**
 * The same ways out, each of whose requests is counted for a feature before it goes. Of a request that is redirected, the
 * address it began at and the one that answered are counted; models are asked without following any.
 */
export function recorded(contacts: Pick<Contacts, "note">, feature: ContactFeature, reach: Reach): Reach {
  let last: Reach["http1"];
  let counted: Reach["http1"];
  return {
    fetch: recordedFetch(contacts, feature, reach.fetch),
    get http1() {
      const inner = reach.http1;
      if (inner !== last) {
        last = inner;
        counted = inner && {
          request(url, request) {
            contacts.note(feature, url.origin);
            return inner.request(url, request);
          },
        };
      }
      return counted;
    },
  };
}

/** `fetch` whose requests are counted for a feature. */
export function recordedFetch(contacts: Pick<Contacts, "note">, feature: ContactFeature, send: Fetch): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (isRemote(url)) contacts.note(feature, url.origin);
    const response = await send(input, init);
    if (response.redirected && URL.canParse(response.url)) {
      const answered = new URL(response.url);
      if (answered.origin !== url.origin) contacts.note(feature, answered.origin);
    }
    return response;
  };
}

/** What is `data:` or `blob:` contacts nobody. */
function isRemote({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}
