import { formatCount, formatShort } from "../../lib/client/format.ts";
import type { PromptSet, PromptSetInfo } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

const SHOWN_CHARS = 1_500;
const EXAMPLE = "prompt,grader,answer\nWhat is 6 times 7?,number,42";

/** The sets of prompts, the prompts of the one that is open, and the form for another one; it needs no script. */
export function PromptSetList({ sets, open, given, canManage, language, t }: {
  sets: readonly PromptSetInfo[];
  open: PromptSet | null;
  /** What was typed before. */
  given: { name: string; text: string };
  canManage: boolean;
  language: string;
  t: Translate;
}) {
  return (
    <>
      <ul class="benchmark-list" aria-label={t("benchmarks.sets.title")}>
        {sets.map((set) => (
          <li key={set.id} id={`set-${set.id}`} class="dashboard-card prompt-set">
            <div class="benchmark-item__head">
              <h2>{set.name}</h2>
              <span class="badge">{t(`benchmarks.sets.${set.origin}`)}</span>
            </div>
            {set.description && <p>{set.description}</p>}
            <p class="muted">
              {t("benchmarks.sets.facts", {
                count: formatCount(set.prompts, language),
                graded: formatCount(set.graded, language),
                tokens: formatShort(set.promptTokens, language),
              })}
            </p>
            <div class="benchmark-actions">
              <a class="button button--small" href={`/models/benchmarks/sets?set=${set.id}#set-${set.id}`}>
                {t("benchmarks.sets.prompts", { name: set.name })}
              </a>
              <a
                class="button button--small"
                href={`/api/prompt-sets/${set.id}`}
                download={`${set.name}.json`}
              >
                {t("benchmarks.sets.export", { name: set.name })}
              </a>
              {canManage && set.origin === "own" && (
                <form method="post" action="/models/benchmarks/sets">
                  <input type="hidden" name="intent" value="delete" />
                  <input type="hidden" name="id" value={set.id} />
                  <button type="submit" class="button button--small button--danger">
                    <Icon name="trash-2" />
                    {t("benchmarks.sets.delete", { name: set.name })}
                  </button>
                </form>
              )}
            </div>
            {open?.id === set.id && (
              <ol class="prompt-set__prompts">
                {open.prompts.map(({ text, grader }, i) => (
                  <li key={i}>
                    <p class="benchmark-call__prompt">
                      {text.length > SHOWN_CHARS ? `${text.slice(0, 300)} … ${text.slice(-300)}` : text}
                    </p>
                    {grader && <code>{JSON.stringify(grader)}</code>}
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
      {canManage && <SetForm given={given} t={t} />}
    </>
  );
}

function SetForm({ given, t }: { given: { name: string; text: string }; t: Translate }) {
  return (
    <section class="dashboard-card" aria-labelledby="add-set">
      <h2 id="add-set">{t("benchmarks.sets.add")}</h2>
      <form
        method="post"
        action="/models/benchmarks/sets"
        enctype="multipart/form-data"
        class="benchmark-form__part"
      >
        <label class="field">
          <span class="field__label">{t("benchmarks.sets.name")}</span>
          <input type="text" name="name" class="field__control" maxLength={100} required value={given.name} />
        </label>
        <label class="field">
          <span class="field__label">{t("benchmarks.sets.text")}</span>
          <textarea
            name="text"
            class="field__control benchmark-form__text"
            rows={8}
            spellcheck={false}
            aria-describedby="set-hint"
            placeholder={EXAMPLE}
            value={given.text}
          />
          <span id="set-hint" class="field__hint">{t("benchmarks.sets.textHint")}</span>
        </label>
        <label class="field">
          <span class="field__label">{t("benchmarks.sets.file")}</span>
          <input
            type="file"
            name="file"
            class="field__control"
            accept=".csv,.json,text/csv,application/json"
          />
        </label>
        <div>
          <button type="submit" class="button button--primary">
            <Icon name="save" />
            {t("benchmarks.sets.save")}
          </button>
        </div>
      </form>
    </section>
  );
}
