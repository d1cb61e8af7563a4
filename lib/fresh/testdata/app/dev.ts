import { Builder } from "fresh/dev";

const builder = new Builder({ root: import.meta.dirname ?? "" });

if (Deno.args.includes("build")) await builder.build();
else await builder.listen(() => import("./main.ts"), { port: 8123 });
