import { define, formText } from "../../lib/app/mod.ts";

/** The first message of a chat, posted without JavaScript. */
export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/", 303),
  async POST(ctx) {
    const { services, principal } = ctx.state;
    const text = await formText(ctx.req, "text");
    const chat = await services.chats.create(principal, {});
    await services.chats.conversation.send(principal, chat.id, { text }, null);
    return ctx.redirect(`/chat/${chat.id}`, 303);
  },
});
