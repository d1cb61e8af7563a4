import { applyPage } from "./apply_page.ts";

/** A change of the page that client navigation makes. */
export interface Visit {
  /** What the address bar shows; null leaves it. */
  address: URL | null;
  /** Where the partials come from. */
  source: URL;
  init?: RequestInit;
  /** Whether the address is a new entry of the history. */
  isNew: boolean;
}

let running = new AbortController();

/**
 * Fetches a page's partials and updates the document. A visit that a later one overtakes ends without effect; one that
 * cannot be made this way loads the page anew.
 */
export async function visit({ address, source, init, isNew }: Visit): Promise<void> {
  running.abort();
  const { signal } = running = new AbortController();
  try {
    const response = await fetch(withPartialKey(source), { ...init, signal });
    const target = response.redirected ? withoutPartialKey(new URL(response.url)) : address;
    const page = await readPage(response);
    if (signal.aborted) return;
    if (!page || !await applyPage(page)) return load(target ?? source);
    if (target) settle(target, isNew);
  } catch (error) {
    if (signal.aborted) return;
    reportError(error);
    load(address ?? source);
  }
}

async function readPage(response: Response): Promise<Document | null> {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function load(address: URL): void {
  location.href = address.href;
}

/** Changes the address, and shows the top of another page or the place that the address names. */
function settle(target: URL, isNew: boolean): void {
  if (!isNew) return;
  const isSamePath = target.pathname === location.pathname && target.search === location.search;
  if (target.href !== location.href) {
    rememberScroll();
    history.pushState({}, "", target);
  }
  const place = decodeURIComponent(target.hash.slice(1));
  if (place) document.getElementById(place)?.scrollIntoView();
  else if (!isSamePath) scrollTo(0, 0);
}

/** Keeps where the page is scrolled to, for when the person comes back to it. */
function rememberScroll(): void {
  history.replaceState({ ...history.state, scroll: [scrollX, scrollY] }, "");
}

function withPartialKey(url: URL): URL {
  const copy = new URL(url);
  copy.searchParams.set("fresh-partial", "true");
  return copy;
}

function withoutPartialKey(url: URL): URL {
  url.searchParams.delete("fresh-partial");
  return url;
}
