import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listModels, async ({ services, principal }) => {
    const { defaultModel } = await services.preferences.get(principal);
    return await services.nodes.models(principal, defaultModel);
  }),
}));
