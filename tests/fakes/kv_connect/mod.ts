/** A stand-in for a KV Connect server: several instances on one store, over a network that can be slow or cut. */
export { type KvConnectOptions, KvConnectServer } from "./server.ts";
