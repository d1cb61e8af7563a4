import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { catalogue } from "../../../lib/models/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.listMarket, () => catalogue()),
}));
