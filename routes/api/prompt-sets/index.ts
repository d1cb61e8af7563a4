import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listPromptSets, async ({ services, principal }) => {
    return { sets: await services.benchmarks.sets.list(principal) };
  }),
  POST: endpoint(operations.createPromptSet, ({ services, principal, body }) => {
    return services.benchmarks.sets.create(principal, body);
  }),
}));
