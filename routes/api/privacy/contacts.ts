import { contactsCsv, contactViews, define, endpoint, methods, operations } from "../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.contacts, async ({ services, principal, query: { days, format } }) => {
    const contacts = await contactViews(services, principal, days);
    if (format === undefined) return { contacts };
    const isCsv = format === "csv";
    return new Response(isCsv ? contactsCsv(contacts) : JSON.stringify({ contacts }, null, 2), {
      headers: {
        "content-type": isCsv ? "text/csv; charset=utf-8" : "application/json",
        "content-disposition": `attachment; filename="freshet-contacts.${format}"`,
      },
    });
  }),
  DELETE: endpoint(operations.clearContacts, ({ services }) => services.contacts.clear()),
}));
