import { define, endpoint, methods, operations } from "../../../../lib/app/mod.ts";
import type { LogView } from "../../../../lib/shared/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.logs, ({ services: { logging }, query }): LogView => {
    const { limit, ...filter } = query;
    const { book, debug } = logging;
    return { lines: book.latest(filter, limit), parts: book.parts, debug: debug.state, place: book.place };
  }),
}));
