import { page } from "fresh";
import { chatPageData, define, formText } from "../../lib/app/mod.ts";
import { ChatPage } from "../(_chat)/ChatPage.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    const data = await chatPageData(ctx.state, ctx.params.id);
    ctx.state.title = `${data.chat?.title || "Freshet"} · Freshet`;
    return page(data);
  },
  /** A message posted without JavaScript. */
  async POST(ctx) {
    const { services, principal } = ctx.state;
    const chatId = ctx.params.id ?? "";
    const text = await formText(ctx.req, "text");
    await services.chats.conversation.send(principal, chatId, { text }, null);
    return ctx.redirect(`/chat/${chatId}`, 303);
  },
});

export default define.page<typeof handler>(({ data }) => <ChatPage data={data} />);
