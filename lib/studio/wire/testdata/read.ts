import { assertEquals } from "@std/assert";
import type { EditBlock, UnfinishedFile, WireEvent } from "../events.ts";
import { WireParser } from "../parser.ts";

/** What an answer came to. */
export interface Reading {
  files: Record<string, string>;
  edits: Record<string, EditBlock[]>;
  deleted: string[];
  refused: string[];
  prose: string;
  isComplete: boolean;
  unfinished: UnfinishedFile | undefined;
  events: WireEvent[];
}

/** Reads an answer that comes in pieces, and checks what must hold for any: chunks make up the content, lines are counted. */
export function read(pieces: Iterable<string>): Reading {
  const parser = new WireParser();
  const events: WireEvent[] = [];
  for (const piece of pieces) events.push(...parser.push(piece));
  const ending = parser.finish();
  events.push(...ending.events);
  const reading: Reading = {
    files: {},
    edits: {},
    deleted: [],
    refused: [],
    prose: "",
    isComplete: ending.isComplete,
    unfinished: ending.unfinished,
    events,
  };
  let open: { path: string; text: string } | undefined;
  let line = 1;
  for (const event of events) {
    if (event.type === "file:start") {
      open = { path: event.path, text: "" };
      line = 1;
    } else if (event.type === "file:chunk") {
      assertEquals(event.path, open?.path);
      assertEquals(event.startLine, line);
      line += event.text.split("\n").length - 1;
      if (open) open.text += event.text;
    } else if (event.type === "file:end") {
      assertEquals({ path: event.path, text: event.content }, open);
      reading.files[event.path] = event.content;
      open = undefined;
    } else if (event.type === "edit:end") reading.edits[event.path] = event.blocks;
    else if (event.type === "file:refused") reading.refused.push(event.path);
    else if (event.type === "delete") reading.deleted.push(event.path);
    else if (event.type === "text") reading.prose += event.text;
  }
  if (ending.unfinished?.mode === "file" && open?.path === ending.unfinished.path) {
    assertEquals(ending.unfinished.text, open.text);
  }
  return reading;
}
