import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { importSet } from "../../../lib/benchmarks/mod.ts";

export const handler = define.handlers(methods({
  POST: endpoint(operations.importPromptSet, ({ services, principal, body }) => {
    return services.benchmarks.sets.create(principal, importSet(body));
  }),
}));
