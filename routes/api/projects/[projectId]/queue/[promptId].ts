import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  DELETE: endpoint(operations.deleteQueuedPrompt, ({ services, principal, param }) => {
    return services.studio.unqueue(principal, param("projectId"), param("promptId"));
  }),
}));
