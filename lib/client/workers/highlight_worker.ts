/// <reference lib="webworker" />
import { highlightCode } from "../../highlight/mod.ts";

/** What the page asks for. */
export interface HighlightRequest {
  id: number;
  code: string;
  language: string;
}

/** What the worker answers; without `html` it does not know the language. */
export interface HighlightReply {
  id: number;
  html: string | undefined;
}

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<HighlightRequest>) => {
  const reply: HighlightReply = { id: data.id, html: highlightCode(data.code, data.language) };
  scope.postMessage(reply);
};
