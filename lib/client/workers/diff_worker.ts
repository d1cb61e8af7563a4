/// <reference lib="webworker" />
import { type InlineRow, inlineRows, type SideBySideRow, sideBySideRows } from "../../diff/mod.ts";

/** What the page asks for: the rows of two texts, in one column or in two. */
export interface DiffRequest {
  id: number;
  view: "inline" | "split";
  before: string;
  after: string;
}

/** The rows, of the view that was asked for. */
export type DiffReply =
  | { id: number; view: "inline"; rows: InlineRow[] }
  | { id: number; view: "split"; rows: SideBySideRow[] };

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data: { id, view, before, after } }: MessageEvent<DiffRequest>) => {
  const reply: DiffReply = view === "inline"
    ? { id, view, rows: inlineRows(before, after) }
    : { id, view, rows: sideBySideRows(before, after) };
  scope.postMessage(reply);
};
