import { define, endpoint, methods, operations } from "../../../../../lib/app/mod.ts";
import { chooseLanguage } from "../../../../../lib/shared/texts/mod.ts";

export const handler = define.handlers(methods({
  GET: endpoint(operations.exportChat, async ({ services, principal, param, query, request }) => {
    const id = param("id");
    const { title } = await services.chats.get(principal, id);
    if (query.format === "markdown") {
      const text = await services.chats.transfers.exportMarkdown(principal, id);
      return download(text, "text/markdown; charset=utf-8", title, "md");
    }
    if (query.format === "html") {
      const { language } = await services.preferences.get(principal);
      const shown = chooseLanguage(language, request.headers.get("accept-language"));
      const html = ReadableStream.from(await services.chats.transfers.exportHtml(principal, id, shown));
      return download(html.pipeThrough(new TextEncoderStream()), "text/html; charset=utf-8", title, "html");
    }
    const chat = await services.chats.transfers.exportJson(principal, id);
    return download(JSON.stringify(chat, null, 2), "application/json", title, "json");
  }),
}));

function download(body: BodyInit, mediaType: string, title: string, extension: string): Response {
  const name = encodeURIComponent(
    `${
      title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, " ").trim().slice(0, 80).toWellFormed() || "chat"
    }.${extension}`,
  );
  return new Response(body, {
    headers: { "content-type": mediaType, "content-disposition": `attachment; filename*=UTF-8''${name}` },
  });
}
