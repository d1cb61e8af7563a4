import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { Picker } from "./Picker.tsx";

/** The branch on which prompts go on; nothing to choose while there is only one. */
export function BranchPicker() {
  const { project, branch, actions, t } = useProject();
  const { branches } = project.value;
  if (branches.length < 2) return null;
  return (
    <Picker
      label={t("studio.branch")}
      class="picker--branch"
      value={
        <>
          <Icon name="git-branch" />
          <span class="truncate">{branch.value}</span>
        </>
      }
    >
      {branches.map(({ name, generatingId }) => (
        <button
          key={name}
          type="button"
          role="option"
          class="menu__item"
          aria-selected={ariaState(name === branch.value)}
          onClick={() => actions.goTo(name)}
        >
          <Icon name={generatingId ? "loader-circle" : "git-branch"} class={generatingId ? "spin" : ""} />
          <span class="truncate">{name}</span>
        </button>
      ))}
    </Picker>
  );
}
