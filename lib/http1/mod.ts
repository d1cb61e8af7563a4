/**
 * A client of HTTP/1.1 over plain TCP with kept connections, for the model servers that Freshet asks most: those on this machine
 * and its network. It takes less CPU for each piece of a stream than `fetch`, and reads nothing before it is asked to. RFC 9112
 * is followed where it is strict, and where it lets a client be lenient the client is not. Proxies of the environment are not used.
 */
export { ConnectionError, ProtocolError } from "./errors.ts";
export type { Field } from "./head_parser.ts";
export type { Fetch } from "./fetch.ts";
export {
  createHttp1,
  type Http1,
  type Http1Options,
  type Http1Request,
  type Http1Response,
} from "./http1.ts";
