import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportChat, async ({ services, principal, param, query }) => {
    const id = param("id");
    const { title } = await services.chats.get(principal, id);
    if (query.format === "markdown") {
      const text = await services.chats.exportMarkdown(principal, id);
      return download(text, "text/markdown; charset=utf-8", title, "md");
    }
    const chat = await services.chats.exportJson(principal, id);
    return download(JSON.stringify(chat, null, 2), "application/json", title, "json");
  }),
}));

function download(text: string, mediaType: string, title: string, extension: string): Response {
  const name = encodeURIComponent(
    `${
      title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, " ").trim().slice(0, 80).toWellFormed() || "chat"
    }.${extension}`,
  );
  return new Response(text, {
    headers: { "content-type": mediaType, "content-disposition": `attachment; filename*=UTF-8''${name}` },
  });
}
