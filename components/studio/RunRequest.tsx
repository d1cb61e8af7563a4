import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { type DraftProblem, METHODS } from "../../lib/client/studio/run/request_draft.ts";
import type { RunModel } from "../../lib/client/studio/run/run_model.ts";
import { type PanelVersion, versionNumber } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";

/** The request that is sent next. Ctrl or ⌘ with Enter sends it from any field. */
export function RunRequest({ t, model, versions }: {
  t: Translate;
  model: RunModel;
  versions: readonly PanelVersion[];
}) {
  const { draft } = model;
  const sending = model.sending.value;
  return (
    <form
      class="request"
      aria-label={t("run.request")}
      onSubmit={(event) => {
        event.preventDefault();
        void model.send();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void model.send();
      }}
    >
      <div class="request__line">
        <select
          class="field__control request__method"
          aria-label={t("run.method")}
          value={draft.method.value}
          onChange={(event) => void (draft.method.value = event.currentTarget.value)}
        >
          {METHODS.map((method) => (
            <option key={method} value={method} selected={method === draft.method.value}>{method}</option>
          ))}
        </select>
        <input
          class="field__control request__path"
          aria-label={t("run.path")}
          aria-invalid={ariaState(model.problem.value?.field === "path")}
          value={draft.path.value}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          onInput={(event) => void (draft.path.value = event.currentTarget.value)}
        />
      </div>
      <Problem t={t} problem={model.problem.value} field="path" />
      <Area
        label={t("run.headers")}
        hint={t("run.headers.hint")}
        value={draft.headers.value}
        invalid={model.problem.value?.field === "headers"}
        onInput={(text) => void (draft.headers.value = text)}
      >
        <Problem t={t} problem={model.problem.value} field="headers" />
      </Area>
      {draft.takesBody() && (
        <Area
          label={t("run.body")}
          value={draft.body.value}
          invalid={model.problem.value?.field === "body"}
          onInput={(text) => void (draft.body.value = text)}
        >
          <Problem t={t} problem={model.problem.value} field="body" />
        </Area>
      )}
      <div class="request__foot">
        <TargetChoice t={t} model={model} versions={versions} />
        <button type="button" class="button" onClick={() => model.save()}>
          <Icon name="save" />
          {t("run.save")}
        </button>
        <button type="submit" class="button button--primary" disabled={sending}>
          <Icon name={sending ? "loader-circle" : "arrow-right"} class={sending ? "spin" : ""} />
          {t(sending ? "run.sending" : "run.send")}
        </button>
      </div>
    </form>
  );
}

function TargetChoice({ t, model, versions }: {
  t: Translate;
  model: RunModel;
  versions: readonly PanelVersion[];
}) {
  const running = model.running.value;
  if (running.length < 2) return null;
  const target = model.target.value;
  const options = [
    ...running.map(({ id, versionId }) => ({
      id,
      label: t("run.target.one", { number: versionNumber(versions, versionId) }),
    })),
    { id: "both", label: t("run.target.both") },
  ];
  return (
    <div class="segmented request__target" role="radiogroup" aria-label={t("run.target")}>
      {options.map(({ id, label }) => (
        <label key={id} class="segmented__option">
          <input
            class="visually-hidden"
            type="radio"
            name="run-target"
            value={id}
            checked={id === target}
            onChange={() => model.setTarget(id)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}

function Area({ label, hint, value, invalid, onInput, children }: {
  label: string;
  hint?: string;
  value: string;
  invalid: boolean;
  onInput: (text: string) => void;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id} class="field__label">{label}</label>
      <textarea
        id={id}
        class="field__control request__area"
        rows={Math.min(12, Math.max(2, value.split("\n").length))}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={ariaState(invalid)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
      {children}
    </div>
  );
}

function Problem({ t, problem, field }: {
  t: Translate;
  problem: DraftProblem | null;
  field: DraftProblem["field"];
}) {
  if (problem?.field !== field) return null;
  const text = problem.field === "path"
    ? t("run.path.problem")
    : problem.field === "headers"
    ? t("run.headers.problem", { line: problem.line })
    : t("run.body.problem", { message: problem.message });
  return <p class="field__problem" role="alert">{text}</p>;
}
