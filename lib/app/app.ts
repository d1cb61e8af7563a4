import { App, staticFiles } from "fresh";
import { identify, outermost, pageNonces } from "./middleware.ts";
import type { Services } from "./services.ts";
import type { State } from "./state.ts";

/** The app over its services: middlewares first, then static files, then the routes of the file system. */
export function createApp(services: Services): App<State> {
  return new App<State>()
    .use(outermost(services))
    .use(pageNonces())
    .use(staticFiles())
    .use(identify(services))
    .fsRoutes();
}
