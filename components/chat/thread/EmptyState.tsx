import { useState } from "preact/hooks";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { Logo } from "../../Logo.tsx";
import { usePage } from "../context.ts";

const STARTERS: readonly { icon: IconName; title: TextKey; text: TextKey }[] = [
  { icon: "graduation-cap", title: "starter.explain", text: "starter.explainText" },
  { icon: "code", title: "starter.code", text: "starter.codeText" },
  { icon: "pen-line", title: "starter.write", text: "starter.writeText" },
  { icon: "lightbulb", title: "starter.ideas", text: "starter.ideasText" },
];

/** What a chat without messages shows: a greeting, who will answer, and something to start with. */
export function EmptyState() {
  const { t, models, composer, temporary } = usePage();
  const start = (text: TextKey) => () => {
    composer.setText(t(text));
    document.getElementById("composer-text")?.focus();
  };
  return (
    <div class="welcome">
      <Logo class="welcome__logo" />
      <h1 class="welcome__title">{t(temporary.value ? "welcome.temporary" : "welcome.title")}</h1>
      {temporary.value ? <p class="muted">{t("welcome.temporaryHint")}</p> : <Answerer />}
      {models.onlySketch.value && <ConnectHint />}
      <ul class="starters needs-script" aria-label={t("welcome.starters")}>
        {STARTERS.map(({ icon, title, text }) => (
          <li key={title}>
            <button type="button" class="starter" onClick={start(text)}>
              <Icon name={icon} />
              <span class="starter__title">{t(title)}</span>
              <span class="starter__text">{t(text)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Answerer() {
  const { t, modelEntry, modelId } = usePage();
  const entry = modelEntry.value;
  const node = entry?.nodes[0];
  const model = entry?.name ?? modelId.value;
  if (!model) return <p class="muted">{t("welcome.noModel")}</p>;
  return (
    <p class="welcome__model">
      <span class="light light--healthy" aria-hidden="true" />
      {node && node.kind !== "sketch"
        ? t(node.local ? "welcome.answersLocal" : "welcome.answersRemote", { model, node: node.name })
        : t("welcome.answers", { model })}
    </p>
  );
}

/** Says plainly that the built-in model is a toy, and how to connect a real one. */
function ConnectHint() {
  const { t, data } = usePage();
  return (
    <aside class="connect" aria-label={t("connect.title")}>
      <Icon name="zap" />
      <div>
        <p class="connect__title">{t("connect.title")}</p>
        <p>{t("connect.text")}</p>
        {data.canConnect ? <ConnectWays /> : <p>{t("connect.ask")}</p>}
      </div>
    </aside>
  );
}

/** What an administrator may do about it. */
function ConnectWays() {
  const page = usePage();
  const { t, models, data } = page;
  const [state, setState] = useState<"idle" | "looking" | "nothing">("idle");
  const look = async () => {
    setState("looking");
    try {
      setState(await models.discover() ? "idle" : "nothing");
    } catch (error) {
      setState("idle");
      page.report(error);
    }
  };
  return (
    <>
      <ul class="connect__ways">
        <li>
          {t("connect.ollama")} <code>ollama run llama3.2</code>
        </li>
        <li>{t("connect.server")}</li>
      </ul>
      <p class="connect__buttons">
        {data.features.discovery && (
          <button
            type="button"
            class="button button--small needs-script"
            disabled={state === "looking"}
            onClick={look}
          >
            <Icon
              name={state === "looking" ? "loader-circle" : "search"}
              class={state === "looking" ? "spin" : ""}
            />
            {t(state === "looking" ? "connect.looking" : "connect.look")}
          </button>
        )}
        <a class="button button--small" href="/settings/nodes">{t("connect.settings")}</a>
        <span role="status">{state === "nothing" && t("connect.nothing")}</span>
      </p>
    </>
  );
}
