import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.leaderboard, async ({ services, principal, query }) => {
    return { rows: await services.benchmarks.leaderboard(principal, query.of) };
  }),
}));
