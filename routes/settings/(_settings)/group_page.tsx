import { page } from "fresh";
import type { GroupData } from "../../../components/settings/GroupForm.tsx";
import { SettingsFrame } from "../../../components/settings/SettingsFrame.tsx";
import SettingsGroup from "../../../islands/settings/SettingsGroup.tsx";
import { readForm, type State } from "../../../lib/app/mod.ts";
import { FreshetError, type SettingGroup, type UiSettings } from "../../../lib/shared/mod.ts";
import { islandProps } from "./texts.ts";
import { readGroup } from "./read_group.ts";

/** The data of a group's page. */
export async function groupData(
  state: State,
  url: URL,
  group: SettingGroup,
  isList = false,
): Promise<GroupData> {
  const { services, principal, settings } = state;
  const { models, defaultModel } = group === "chat"
    ? await services.nodes.models(principal)
    : { models: [], defaultModel: "" };
  return {
    group,
    settings,
    models,
    bestModel: defaultModel,
    isList,
    confirming: url.searchParams.get("ask") === "reset",
    outcome: url.searchParams.has("saved") ? { saved: true } : null,
  };
}

/** A group's page: for browsers with a script it keeps changes by itself, for others it is a form. */
export function GroupPage({ state, data }: { state: State; data: GroupData }) {
  const { t, language } = state;
  return (
    <SettingsFrame
      t={t}
      section={data.group}
      isList={data.isList}
    >
      <SettingsGroup data={data} {...islandProps(language)} />
    </SettingsFrame>
  );
}

/** Keeps a posted form of a group: the page again where it was refused, else where to go. */
export async function postGroup(state: State, request: Request, url: URL, group: SettingGroup) {
  const { services, principal } = state;
  const form = await readForm(request);
  const isReset = form.get("intent") === "reset";
  try {
    const settings = isReset
      ? await services.preferences.reset(principal)
      : await services.preferences.update(principal, readGroup(group, form));
    tell(state, settings);
    return `/settings/${group}?saved`;
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    const data = await groupData(state, url, group);
    return page({ ...data, outcome: { problem: error.message } }, { status: error.status });
  }
}

function tell({ services, principal }: State, settings: UiSettings): void {
  services.feed.publish(principal.profileId, { type: "settings:changed", settings });
}
