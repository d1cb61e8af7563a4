import { App, csp, staticFiles } from "fresh";
import type { State } from "./define.ts";

export const app = new App<State>()
  .use(csp({ useNonce: true, csp: ["script-src 'self' 'unsafe-inline'", "style-src 'self'"] }))
  .use(staticFiles())
  .fsRoutes();
