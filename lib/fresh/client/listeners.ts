import { visit } from "./visit.ts";

/** Turns clicks, submits and steps through the history into visits, where client navigation is on. */
export function listenForVisits(): void {
  let path = location.pathname + location.search;
  const remember = () => path = location.pathname + location.search;
  document.addEventListener("click", (event) => void onClick(event)?.then(remember));
  document.addEventListener("submit", (event) => void onSubmit(event)?.then(remember));
  addEventListener("popstate", (event) => {
    // A step between places of one page needs no request.
    if (location.pathname + location.search === path) return;
    remember();
    void onHistory(event instanceof PopStateEvent ? event.state : null);
  });
}

function onClick(event: MouseEvent): Promise<void> | undefined {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || hasModifier) return;
  const element = event.target instanceof Element ? event.target.closest("a[href], button[f-partial]") : null;
  if (!element || !isOn(element)) return;
  const partial = element.getAttribute("f-partial");
  if (element instanceof HTMLAnchorElement) return onLink(event, element, partial);
  // A button that submits is the form's matter.
  const submits = element instanceof HTMLButtonElement && element.form && element.type === "submit";
  if (partial === null || submits) return;
  event.preventDefault();
  return visit({ address: null, source: new URL(partial, location.href), isNew: false });
}

function onLink(
  event: MouseEvent,
  link: HTMLAnchorElement,
  partial: string | null,
): Promise<void> | undefined {
  const address = new URL(link.href);
  if (
    address.origin !== location.origin ||
    (link.target && link.target !== "_self") || link.hasAttribute("download")
  ) return;
  const isPlace = address.hash !== "" && address.pathname === location.pathname &&
    address.search === location.search;
  if (isPlace && partial === null) return;
  event.preventDefault();
  return visit({
    address,
    source: partial === null ? address : new URL(partial, location.href),
    isNew: true,
  });
}

function onSubmit(event: SubmitEvent): Promise<void> | undefined {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  const submitter = event.submitter instanceof HTMLElement ? event.submitter : null;
  if (!isOn(submitter ?? form)) return;
  const attribute = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  const method = attribute("method")?.toUpperCase() ?? "GET";
  const target = attribute("target");
  const address = new URL(attribute("action") || location.href, location.href);
  if (address.origin !== location.origin || (target && target !== "_self") || method === "DIALOG") return;
  const partial = submitter?.getAttribute("f-partial") ?? form.getAttribute("f-partial");
  const source = partial === null ? address : new URL(partial, location.href);
  const data = new FormData(form, submitter);
  event.preventDefault();
  if (method === "GET") {
    for (const url of new Set([address, source])) url.search = `${fields(data)}`;
    return visit({ address, source, isNew: true });
  }
  const body = attribute("enctype") === "multipart/form-data" ? data : fields(data);
  return visit({ address: partial === null ? address : null, source, init: { method, body }, isNew: true });
}

/** The fields of a form as a query has them: of a file its name. */
function fields(data: FormData): URLSearchParams {
  return new URLSearchParams(
    [...data].map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  );
}

async function onHistory(state: unknown): Promise<void> {
  const address = new URL(location.href);
  await visit({ address, source: address, isNew: false });
  const scroll = (state as { scroll?: [number, number] } | null)?.scroll;
  if (scroll) scrollTo(...scroll);
}

/** Whether the nearest `f-client-nav` at or above an element turns client navigation on. */
function isOn(element: Element): boolean {
  const setting = element.closest("[f-client-nav]")?.getAttribute("f-client-nav");
  return setting != null && setting !== "false";
}
