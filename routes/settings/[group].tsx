import { HttpError, page } from "fresh";
import { define } from "../../lib/app/mod.ts";
import { SETTING_GROUPS, type SettingGroup } from "../../lib/shared/mod.ts";
import { groupData, GroupPage, postGroup } from "./(_settings)/group_page.tsx";

export const handler = define.handlers({
  async GET({ params, state, url }) {
    const group = groupOf(params["group"]);
    state.title = `${state.t(`settings.${group}`)} · ${state.t("app.name")}`;
    return page(await groupData(state, url, group));
  },
  async POST(ctx) {
    const answer = await postGroup(ctx.state, ctx.req, ctx.url, groupOf(ctx.params["group"]));
    return typeof answer === "string" ? ctx.redirect(answer, 303) : answer;
  },
});

export default define.page<typeof handler>(({ data, state }) => <GroupPage state={state} data={data} />);

function groupOf(name: string | undefined): SettingGroup {
  if (name !== undefined && Object.hasOwn(SETTING_GROUPS, name)) return name as SettingGroup;
  throw new HttpError(404);
}
