/** Builds the app with its services. Nobody listens yet: `lib/app/serve.ts` does, and `dev.ts` in development. */
import { createApp, createServices, loadConfig } from "./lib/app/mod.ts";
import { config } from "./fresh.config.ts";

export const services = await createServices(loadConfig(config, Deno.args, (name) => Deno.env.get(name)));

export const app = createApp(services);
