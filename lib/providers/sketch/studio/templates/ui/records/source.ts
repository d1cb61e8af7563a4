export { source } from "./local_source.ts";
