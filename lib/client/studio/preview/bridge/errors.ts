import { LONGEST, shorten, type SourcePosition } from "../messages.ts";
import { base } from "./base.ts";
import type { PanelPort } from "./port.ts";
import { printAll } from "./print.ts";

/** Sends what nobody caught: exceptions, rejections, files that did not load, and what the policy refused. */
export function watchErrors(port: PanelPort): void {
  addEventListener("error", (event: Event) => {
    if (event instanceof ErrorEvent) sendException(port, event);
    else if (event.target instanceof Element) {
      port.send({
        type: "error",
        text: `Cannot load ${sourceOf(event.target)}, or something that it imports`,
      });
    }
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => {
    const stack = stackOf(reason);
    port.send({
      type: "error",
      text: `Unhandled rejection: ${reason instanceof Error ? String(reason) : printAll([reason])}`,
      ...(stack ? { stack } : {}),
    });
  });
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    const target = nameOf(blockedURI) || "a resource";
    port.send({ type: "error", text: `The preview does not allow ${target} (${effectiveDirective})` });
  });
}

/** The path of a file within the version; other addresses as they are. */
export function nameOf(address: string): string {
  return shorten(
    address.startsWith(base) ? address.slice(base.length) || "index.html" : address,
    LONGEST.label,
  );
}

function sendException(port: PanelPort, { message, filename, lineno, colno, error }: ErrorEvent): void {
  const position: SourcePosition | null = filename
    ? { path: nameOf(filename), ...(lineno ? { line: lineno } : {}), ...(colno ? { column: colno } : {}) }
    : null;
  const stack = stackOf(error);
  port.send({
    type: "error",
    text: shorten(message, LONGEST.text),
    ...(position ? { position } : {}),
    ...(stack ? { stack } : {}),
  });
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return "";
  return shorten(error.stack.replaceAll(base, ""), LONGEST.stack);
}

function sourceOf(element: Element): string {
  return nameOf(
    element.getAttribute("src") ?? element.getAttribute("href") ?? element.tagName.toLowerCase(),
  );
}
