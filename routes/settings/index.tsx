import { page } from "fresh";
import { define } from "../../lib/app/mod.ts";
import { groupData, GroupPage } from "./(_settings)/group_page.tsx";

/** The list of sections; wide screens show the first one beside it. */
export const handler = define.handlers({
  async GET({ state, url }) {
    state.title = `${state.t("settings.title")} · ${state.t("app.name")}`;
    return page(await groupData(state, url, "appearance", true));
  },
});

export default define.page<typeof handler>(({ data, state }) => <GroupPage state={state} data={data} />);
