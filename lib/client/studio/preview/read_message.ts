import {
  type BridgeMessage,
  CONSOLE_LEVELS,
  LONGEST,
  type PickedElement,
  shorten,
  type SourcePosition,
} from "./messages.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message of a preview's bridge, read from what arrived; null for anything else. Code that nobody trusts runs beside the
 * bridge and may send what it likes, so every field is checked and cut to its length.
 */
export function readBridgeMessage(data: unknown, nonce: string): BridgeMessage | null {
  if (typeof data !== "object" || data === null) return null;
  const fields = data as Fields;
  return fields.freshet === nonce ? messageOf(fields) : null;
}

function messageOf(fields: Fields): BridgeMessage | null {
  switch (fields.type) {
    case "ready":
      return {
        type: "ready",
        title: text(fields.title, LONGEST.label),
        path: text(fields.path, LONGEST.label),
      };
    case "size":
      return { type: "size", height: count(fields.height) ?? 0 };
    case "console": {
      const level = CONSOLE_LEVELS.find((level) => level === fields.level);
      return level ? { type: "console", level, text: text(fields.text, LONGEST.text) } : null;
    }
    case "error":
      return errorOf(fields);
    case "dropped":
      return { type: "dropped", count: count(fields.count) ?? 0 };
    case "picked":
      return { type: "picked", element: elementOf(fields.element) };
    case "pick:cancelled":
      return { type: "pick:cancelled" };
    case "captured":
      return { type: "captured", image: imageOf(fields.image) };
    default:
      return null;
  }
}

function errorOf(fields: Fields): BridgeMessage {
  const position = positionOf(fields.position);
  const stack = text(fields.stack, LONGEST.stack);
  return {
    type: "error",
    text: text(fields.text, LONGEST.text),
    ...(position ? { position } : {}),
    ...(stack ? { stack } : {}),
  };
}

function positionOf(value: unknown): SourcePosition | null {
  if (typeof value !== "object" || value === null) return null;
  const fields = value as Fields;
  const path = text(fields.path, LONGEST.label);
  const [line, column] = [count(fields.line), count(fields.column)];
  return path === "" ? null : { path, ...(line ? { line } : {}), ...(column ? { column } : {}) };
}

function elementOf(value: unknown): PickedElement {
  const fields: Fields = typeof value === "object" && value !== null ? value as Fields : {};
  return {
    selector: text(fields.selector, LONGEST.label),
    tag: text(fields.tag, LONGEST.label),
    text: text(fields.text, LONGEST.label),
    html: text(fields.html, LONGEST.html),
  };
}

function imageOf(value: unknown): string {
  const isImage = typeof value === "string" && value.length <= LONGEST.image &&
    /^data:image\/png;base64,[\w+/=]+$/.test(value);
  return isImage ? value : "";
}

function text(value: unknown, longest: number): string {
  return typeof value === "string" ? shorten(value, longest) : "";
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.floor(value) : undefined;
}
