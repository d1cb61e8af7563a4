import { signal } from "@preact/signals";

/** The code of folders and tags in the sidebar. */
type OrganisedModule = typeof import("./OrganisedChats.tsx");

// The server needs it for every page that has folders or tags; a browser shows what the server rendered until it is loaded.
const loaded = signal<OrganisedModule | null>(
  typeof document === "undefined" ? await import("./OrganisedChats.tsx") : null,
);
let loading: Promise<void> | undefined;

/** The code; null in a browser until it is loaded. */
export const organised = loaded;

/** Loads the code, once. */
export function loadOrganised(): Promise<void> {
  loading ??= import("./OrganisedChats.tsx").then((module) => void (loaded.value = module));
  loading.catch(() => loading = undefined);
  return loading;
}
