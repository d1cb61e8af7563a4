import { ProtocolError } from "./errors.ts";
import { isFieldText, isToken, trimField } from "./field.ts";
import { MAX_FIELDS } from "./limits.ts";

/** A header field as the server wrote it, without the white space around its value; one character for each byte. */
export type Field = [name: string, value: string];

/** A status line with its header section. */
export interface ResponseHead {
  /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
  minor: number;
  /** 100 to 599. */
  status: number;
  statusText: string;
  fields: Field[];
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5][0-9]{2})(?: (.*))?$/s;
/** Not all parsers see the white space that a tab is here, and what they make of the message then differs. */
const FRAMING_FIELD = /^(?:content-length|transfer-encoding)$/i;
/** `String.fromCharCode` takes its arguments from the stack. */
const STEP = 4096;

/**
 * Parses a head: all bytes up to and including its empty line. Stricter than RFC 9112 allows: a folded line, white space before
 * a colon, an empty name, a control character and a status outside of 100 to 599 are errors.
 */
export function parseHead(bytes: Uint8Array): ResponseHead {
  const lines = decodeLatin1(bytes).slice(0, -4).split("\r\n");
  const [, minor, status, statusText = ""] = STATUS_LINE.exec(lines[0] ?? "") ?? [];
  if (minor === undefined || !isFieldText(statusText)) {
    throw new ProtocolError(`Cannot parse status line: ${quote(lines[0] ?? "")}`);
  }
  if (lines.length - 1 > MAX_FIELDS) {
    throw new ProtocolError(`Cannot parse header: more than ${MAX_FIELDS} fields`);
  }
  const fields: Field[] = [];
  for (let i = 1; i < lines.length; i++) fields.push(parseField(lines[i] ?? ""));
  return { minor: Number(minor), status: Number(status), statusText, fields };
}

function parseField(line: string): Field {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(colon, 0));
  const value = trimField(line.slice(colon + 1));
  // A folded line begins with white space, which is no part of a token.
  if (!isToken(name) || !isFieldText(value)) {
    throw new ProtocolError(`Cannot parse header field: ${quote(line)}`);
  }
  if (line.includes("\t") && FRAMING_FIELD.test(name)) {
    throw new ProtocolError(`Cannot parse header field: a tab in ${quote(line)}`);
  }
  return [name, value];
}

/** One character for each byte; the "latin1" of `TextDecoder` is Windows-1252. */
function decodeLatin1(bytes: Uint8Array): string {
  if (bytes.length <= STEP) return String.fromCharCode(...bytes);
  let text = "";
  for (let i = 0; i < bytes.length; i += STEP) text += String.fromCharCode(...bytes.subarray(i, i + STEP));
  return text;
}

function quote(line: string): string {
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}
