/** A connection that could not be made, or broke or was closed before all was there; `cause` holds what the system said. */
export class ConnectionError extends TypeError {
  override readonly name = "ConnectionError";
}

/** Bytes of a server that HTTP/1.1 does not allow, or that go beyond a limit; the connection is closed. */
export class ProtocolError extends TypeError {
  override readonly name = "ProtocolError";
}
