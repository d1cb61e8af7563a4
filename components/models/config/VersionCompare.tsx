import { useEffect, useRef, useState } from "preact/hooks";
import { withOpened } from "../../../lib/client/studio/diff/rows.ts";
import { inlineRows } from "../../../lib/diff/mod.ts";
import type { ConfigVersion } from "../../../lib/shared/mod.ts";
import { changedFields } from "../../../lib/shared/model_configs/mod.ts";
import { Icon } from "../../Icon.tsx";
import { DiffTable } from "../../studio/DiffTable.tsx";
import { type ContentField, fieldWords, valueWords } from "./config_words.ts";
import { useConfig } from "./context.ts";

/** Two versions: their parameters side by side, their texts line by line. */
export function VersionCompare({ before, after, onClose }: {
  before: ConfigVersion;
  after: ConfigVersion;
  onClose: () => void;
}) {
  const { form, t } = useConfig();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [before.number, after.number]);
  const [a, b] = [form.filled(before.content), form.filled(after.content)];
  const fields = changedFields(a, b);
  const isText = (field: ContentField): field is "system" | "template" =>
    field === "system" || field === "template";
  const values = fields.filter((field) => !isText(field));
  return (
    <section class="config-card config-compare" aria-labelledby="config-compare">
      <div class="config-version__head">
        <h2 id="config-compare" ref={heading} tabIndex={-1}>
          {t("modelConfig.compare.title", { before: before.number, after: after.number })}
        </h2>
        <button
          type="button"
          class="icon-button"
          aria-label={t("modelConfig.compare.close")}
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      </div>
      {fields.length === 0 && <p class="muted">{t("modelConfig.compare.same")}</p>}
      {values.length > 0 && <Values fields={values} before={before} after={after} />}
      {fields.filter(isText).map((field) => (
        <TextDiff key={field} field={field} before={a[field]} after={b[field]} />
      ))}
    </section>
  );
}

function Values({ fields, before, after }: {
  fields: readonly ContentField[];
  before: ConfigVersion;
  after: ConfigVersion;
}) {
  const { form, t, language } = useConfig();
  const words = ({ content }: ConfigVersion, field: ContentField) => {
    if (field === "base" || field === "system" || field === "template") return content[field];
    const inherited = valueWords(form.filled(content).parameters[field], "", language);
    const asBase = inherited ? t("modelConfig.asBaseValue", { value: inherited }) : t("modelConfig.asBase");
    return valueWords(content.parameters[field], asBase, language);
  };
  return (
    <table class="config-compare__values">
      <thead>
        <tr>
          <th scope="col">{t("modelConfig.compare.field")}</th>
          <th scope="col">{t("modelConfig.version", { number: before.number })}</th>
          <th scope="col">{t("modelConfig.version", { number: after.number })}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldWords(field, t)}</th>
            <td>
              <del>{words(before, field)}</del>
            </td>
            <td>
              <ins>{words(after, field)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TextDiff({ field, before, after }: { field: "system" | "template"; before: string; after: string }) {
  const { t } = useConfig();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = withOpened({ view: "inline", rows: inlineRows(before, after) }, after, opened);
  return (
    <div class="config-compare__text">
      <h3>{fieldWords(field, t)}</h3>
      <div class="config-compare__scroller" tabIndex={0} role="group" aria-label={fieldWords(field, t)}>
        <DiffTable
          t={t}
          rows={rows}
          current={-1}
          onOpenFold={(line) => setOpened(new Set([...opened, line]))}
        />
      </div>
    </div>
  );
}
