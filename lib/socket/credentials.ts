import { SOCKET_BEARER } from "../shared/mod.ts";

/** The subprotocols that a handshake offers. */
export function offeredProtocols(headers: Headers): string[] {
  return (headers.get("sec-websocket-protocol") ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

/** The headers by which a handshake is to be identified: a secret among its subprotocols counts as `Authorization`. */
export function credentialsOf(headers: Headers, protocols: readonly string[]): Headers {
  const secret = secretOf(protocols);
  if (secret === undefined || headers.has("authorization")) return headers;
  const credentials = new Headers(headers);
  // A secret that no header can hold is none of ours.
  if (/^[\x21-\x7e]+$/.test(secret)) credentials.set("authorization", `Bearer ${secret}`);
  return credentials;
}

function secretOf(protocols: readonly string[]): string | undefined {
  const encoded = protocols.find((protocol) => protocol.startsWith(SOCKET_BEARER));
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.fromBase64(encoded.slice(SOCKET_BEARER.length), { alphabet: "base64url" });
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
