import { ProtocolError } from "./errors.ts";
import { trimField } from "./field.ts";
import type { ResponseHead } from "./head_parser.ts";

/** How the end of a body is found (RFC 9112, section 6.3). */
export type BodyLength = { type: "fixed"; bytes: number } | { type: "chunked" } | { type: "until-close" };

/** What the header fields say about the message and the connection. */
export interface Framing {
  length: BodyLength;
  /** Whether another request may follow on the connection, once the body is read. */
  isPersistent: boolean;
  /** ms after which the server says it closes an idle connection. */
  keepAliveMs: number | undefined;
}

/**
 * Finds out how a response ends. Refused as a sign of smuggling or of a broken server: Transfer-Encoding beside Content-Length
 * or in HTTP/1.0, any coding but one "chunked", more than one Content-Length (even an equal one), and one that is not digits.
 */
export function framingOf({ minor, status, fields }: ResponseHead, method: string): Framing {
  let length: string | undefined;
  let coding: string | undefined;
  let connection = "";
  let keepAlive = "";
  for (const [name, value] of fields) {
    switch (name.toLowerCase()) {
      case "content-length":
        if (length !== undefined) throw new ProtocolError("Cannot read response: Content-Length is repeated");
        length = value;
        break;
      case "transfer-encoding":
        coding = coding === undefined ? value : `${coding}, ${value}`;
        break;
      case "connection":
        connection += `,${value}`;
        break;
      case "keep-alive":
        keepAlive += `,${value}`;
        break;
    }
  }
  const body = lengthOf(minor, length, coding);
  const options = connection.toLowerCase().split(",").map(trimField);
  const isKept = !options.includes("close") && (minor === 1 || options.includes("keep-alive"));
  const hasNoBody = method === "HEAD" || status < 200 || status === 204 || status === 304;
  // A 204 that announces a body may well send one, which would be taken for the start of the next response.
  const isContradiction = status === 204 && !(length === undefined && coding === undefined) && length !== "0";
  return {
    length: hasNoBody ? { type: "fixed", bytes: 0 } : body,
    isPersistent: isKept && !isContradiction && (hasNoBody || body.type !== "until-close"),
    keepAliveMs: keepAliveMs(keepAlive),
  };
}

function lengthOf(minor: number, length: string | undefined, coding: string | undefined): BodyLength {
  if (coding !== undefined) {
    if (length !== undefined) {
      throw new ProtocolError("Cannot read response: it has both Transfer-Encoding and Content-Length");
    }
    if (minor === 0) throw new ProtocolError("Cannot read response: Transfer-Encoding in HTTP/1.0");
    if (coding.toLowerCase() !== "chunked") {
      throw new ProtocolError(`Cannot read response: transfer coding ${JSON.stringify(coding)}`);
    }
    return { type: "chunked" };
  }
  if (length === undefined) return { type: "until-close" };
  const bytes = /^[0-9]{1,16}$/.test(length) ? Number(length) : NaN;
  if (!Number.isSafeInteger(bytes)) {
    throw new ProtocolError(`Cannot read response: Content-Length ${JSON.stringify(length)}`);
  }
  return { type: "fixed", bytes };
}

function keepAliveMs(value: string): number | undefined {
  const seconds = /(?:^|,)[\t ]*timeout[\t ]*=[\t ]*"?([0-9]{1,9})"?[\t ]*(?:,|$)/i.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
