import { page } from "fresh";
import { chatPageData, define } from "../lib/app/mod.ts";
import { ChatPage } from "./(_chat)/ChatPage.tsx";

export const handler = define.handlers({
  async GET(ctx) {
    return page(await chatPageData(ctx.state));
  },
});

export default define.page<typeof handler>(({ data }) => <ChatPage data={data} />);
