import { asset } from "fresh/runtime";
import type { Translate } from "../shared/texts/mod.ts";
import { typeset } from "./math.ts";
import type { HighlightReply, HighlightRequest } from "./workers/highlight_worker.ts";

/** Code longer than this (characters) stays plain: colouring it would make a page of many megabytes. */
const LONGEST_CODE = 400_000;
/** So far (px) outside of what is visible code is coloured already. */
const AHEAD = "600px";
/** Results that are kept, for code that is rendered again. */
const KEPT = 200;

/** Code in a language that is named, and formulas that are whole. */
const FOUND = "figure.code-block code[class^=language-], .math:not(.prose__open .math)";

/** Diagrams in a text that is whole; until then they are code. */
const DIAGRAM = "code.language-mermaid";
const WRITING = ".prose--writing, .prose__open";

const waiting = new Map<number, (html: string | undefined) => void>();
const results = new Map<string, Promise<string | undefined>>();
let worker: Worker | undefined;
let lastId = 0;

/**
 * Colours the code blocks within an element, typesets its formulas and, with texts for their buttons, draws its diagrams as they
 * come into view, those too that come later. A worker colours, so that even a long block holds nothing up. Returns what ends it.
 */
export function highlightWithin(scope: HTMLElement, t?: Translate): () => void {
  const seen = new WeakSet<Element>();
  const visible = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      visible.unobserve(target);
      if (target.classList.contains("math")) typeset(target).catch(reportError);
      else if (t && target.matches(DIAGRAM)) drawIn(target, t).catch(reportError);
      else paint(target);
    }
  }, { root: scope, rootMargin: AHEAD });
  const find = () => {
    for (const found of scope.querySelectorAll(FOUND)) {
      if (seen.has(found) || (found.matches(DIAGRAM) && found.closest(WRITING))) continue;
      seen.add(found);
      visible.observe(found);
    }
  };
  // Streaming changes the page on every frame; looking twice a second is enough.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changes = new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      find();
    }, 250);
  });
  // The class says when a text is whole.
  changes.observe(scope, { childList: true, subtree: true, attributeFilter: ["class"] });
  find();
  return () => {
    clearTimeout(timer);
    visible.disconnect();
    changes.disconnect();
  };
}

async function drawIn(code: Element, t: Translate): Promise<void> {
  const figure = code.closest<HTMLElement>("figure.code-block");
  if (!figure) return;
  const { showDiagram } = await import("./diagrams/show_diagram.ts");
  await showDiagram(figure, t);
}

async function paint(code: Element): Promise<void> {
  const text = code.textContent ?? "";
  if (text === "" || text.length > LONGEST_CODE) return;
  const html = await highlighted(text, code.className.slice("language-".length));
  if (html === undefined) return;
  painting.push(() => {
    if (code.isConnected && code.textContent === text) code.innerHTML = html;
  });
  if (painting.length === 1) requestAnimationFrame(paintNext);
}

/** Blocks whose colours have come: one a frame, so that many at once make no long frame. */
const painting: (() => void)[] = [];

function paintNext(): void {
  painting[0]?.();
  painting.shift();
  if (painting.length > 0) requestAnimationFrame(paintNext);
}

function highlighted(code: string, language: string): Promise<string | undefined> {
  const key = `${language}\n${code}`;
  const known = results.get(key);
  if (known) return known;
  const result = ask(code, language);
  results.set(key, result);
  if (results.size > KEPT) results.delete(results.keys().next().value ?? key);
  return result;
}

function ask(code: string, language: string): Promise<string | undefined> {
  worker ??= startWorker();
  const request: HighlightRequest = { id: ++lastId, code, language };
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    worker?.postMessage(request);
  });
}

function startWorker(): Worker {
  const started = new Worker(asset("/gen/highlight_worker.js"), { type: "module" });
  started.onmessage = ({ data }: MessageEvent<HighlightReply>) => {
    waiting.get(data.id)?.(data.html);
    waiting.delete(data.id);
  };
  return started;
}
