import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { type Snippet, snippets } from "../../../lib/client/settings/snippets.ts";
import { CopyButton } from "../../CopyButton.tsx";
import { useSettings } from "../context.ts";

/** Where a key goes that is not known. */
const PLACEHOLDER = "fsh_…";

/** How another program is told to use Freshet. */
export function HowTo({ baseUrl, secret, model }: {
  baseUrl: string;
  /** A key that was just made, so that the examples work as they are. */
  secret: string | undefined;
  model: string;
}) {
  const { t } = useSettings();
  const examples = snippets(baseUrl, secret ?? PLACEHOLDER, model);
  const [chosen, setChosen] = useState<Snippet["id"]>("curl");
  const copy = (text: string, what: string) => (
    <CopyButton
      text={text}
      label={t("keys.how.copy", { what })}
      copied={t("copied")}
      failed={t("keys.how.copyFailed")}
    />
  );
  return (
    <section aria-labelledby="how-to">
      <h2 id="how-to" class="settings-title">{t("keys.how")}</h2>
      <div class="settings-card settings-card--padded">
        <p>{t("keys.how.text")}</p>
        <p class="field__label">{t("keys.how.baseUrl")}</p>
        <div class="copy-line">
          <code>{baseUrl}</code>
          {copy(baseUrl, t("keys.how.baseUrl"))}
        </div>
        <div class="snippet-bar needs-script">
          <div class="segmented" role="radiogroup" aria-label={t("keys.how.language")}>
            {examples.map(({ id, name }) => (
              <label key={id} class="segmented__option">
                <input
                  class="visually-hidden"
                  type="radio"
                  name="example"
                  checked={id === chosen}
                  onChange={() => setChosen(id)}
                />
                {name}
              </label>
            ))}
          </div>
          {examples.map(({ id, name, code }) =>
            id === chosen && <Fragment key={id}>{copy(code, name)}</Fragment>
          )}
        </div>
        {examples.map(({ id, name, code }) => (
          <figure key={id} class={id === chosen ? "snippet" : "snippet snippet--other"}>
            <figcaption class="visually-hidden">{name}</figcaption>
            <pre class="snippet__code" tabIndex={0}><code>{code}</code></pre>
          </figure>
        ))}
      </div>
    </section>
  );
}
