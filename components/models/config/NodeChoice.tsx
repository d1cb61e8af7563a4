import { useConfig } from "./context.ts";

/** On which nodes the model is made: those that have the base. */
export function NodeChoice() {
  const { form, model, nodes, t } = useConfig();
  const chosen = form.nodeIds.value;
  const { base } = form.values.value;
  const versions = model.config.value?.versions ?? [];
  return (
    <fieldset class="config-nodes">
      <legend class="field__label">{t("modelConfig.nodes")}</legend>
      {nodes.map(({ nodeId, name, models }) => {
        // What Freshet has made of the base stands in for it there.
        const isKept = base === model.at.model &&
          versions.some(({ creations }) => creations.some((creation) => creation.nodeId === nodeId));
        const isPossible = isKept || models.includes(base);
        return (
          <label key={nodeId} class="config-nodes__node">
            <input
              type="checkbox"
              checked={chosen.includes(nodeId)}
              disabled={!isPossible && !chosen.includes(nodeId)}
              onChange={(event) => form.setNode(nodeId, event.currentTarget.checked)}
            />
            {name}
            {!isPossible && <span class="muted">{t("modelConfig.nodeLacks", { model: base })}</span>}
          </label>
        );
      })}
    </fieldset>
  );
}
