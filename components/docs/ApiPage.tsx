import { asset, Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { Header } from "../layout/Header.tsx";
import { OperationView } from "./OperationView.tsx";
import type { ApiReference } from "./reference.ts";
import { SchemaView } from "./SchemaView.tsx";

const STYLESHEETS = ["settings", "access", "docs"];
/** So few finds are shown unfolded. */
const FEW = 3;

/** The API to be browsed: its parts, operations and schemas. Without a script: the search is a form, the rest unfolds. */
export function ApiPage({ t, reference, children }: {
  t: Translate;
  reference: ApiReference;
  children?: ComponentChildren;
}) {
  const { groups, schemas, query, found } = reference;
  return (
    <>
      <Head>
        {STYLESHEETS.map((name) => <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />)}
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app settings" data-sidebar="open" data-panel="closed" data-view="section">
        <Header t={t} area="docs" />
        <main class="settings-body">
          <nav class="settings-nav" aria-label={t("docs.groups")}>
            <GroupLinks reference={reference} t={t} />
          </nav>
          <div id="content" class="main settings-main" tabIndex={-1}>
            <div class="settings-page docs">
              <PageHead t={t} query={query} />
              {/* On phones, where the list beside the page is not shown. */}
              <details class="docs__groups settings-card">
                <summary class="operation__head">{t("docs.groups")}</summary>
                <GroupLinks reference={reference} t={t} />
              </details>
              {query !== "" && <p role="status" class="docs__found">{foundText(t, query, found)}</p>}
              {groups.map(({ id, name, operations }) => (
                <section key={id} aria-labelledby={id}>
                  <h2 class="settings-title" id={id} lang="en">{name}</h2>
                  <div class="settings-card">
                    {operations.map((operation) => (
                      <OperationView
                        key={operation.id}
                        operation={operation}
                        isOpen={query !== "" && found <= FEW}
                        t={t}
                      />
                    ))}
                  </div>
                </section>
              ))}
              {schemas.length > 0 && (
                <section aria-labelledby="schemas">
                  <h2 class="settings-title" id="schemas">{t("docs.schemas")}</h2>
                  <div class="settings-card">
                    {schemas.map(({ name, schema }) => (
                      <details key={name} class="operation">
                        <summary class="operation__head">
                          <code class="operation__path">{name}</code>
                        </summary>
                        <div class="operation__body" id={`schema-${name}`}>
                          <SchemaView schema={schema} t={t} />
                        </div>
                      </details>
                    ))}
                  </div>
                </section>
              )}
            </div>
          </div>
        </main>
      </div>
      {children}
    </>
  );
}

function PageHead({ t, query }: { t: Translate; query: string }) {
  return (
    <header class="section-header">
      <h1 class="section-header__title">{t("docs.title")}</h1>
      <p class="muted">{t("docs.about")}</p>
      <p class="button-row">
        <a class="button" href="/settings/keys">
          <Icon name="key-round" />
          {t("docs.keys")}
        </a>
        <a class="button" href="/api/openapi.json">
          <Icon name="braces" />
          {t("docs.document")}
        </a>
      </p>
      <form class="docs__search" role="search" action="/docs/api">
        <input
          class="field__control"
          type="search"
          name="q"
          value={query}
          maxLength={200}
          aria-label={t("docs.search")}
          placeholder={t("docs.search")}
        />
        <button type="submit" class="button">{t("docs.search.submit")}</button>
        {query !== "" && <a class="button button--quiet" href="/docs/api">{t("docs.search.clear")}</a>}
      </form>
    </header>
  );
}

function GroupLinks({ reference: { groups, schemas }, t }: { reference: ApiReference; t: Translate }) {
  return (
    <ul class="settings-nav__list">
      {groups.map(({ id, name, operations }) => (
        <li key={id}>
          <a class="settings-nav__item" href={`#${id}`}>
            <span class="settings-nav__text" lang="en">{name}</span>
            <span class="muted">{operations.length}</span>
          </a>
        </li>
      ))}
      {schemas.length > 0 && (
        <li>
          <a class="settings-nav__item" href="#schemas">
            <span class="settings-nav__text">{t("docs.schemas")}</span>
            <span class="muted">{schemas.length}</span>
          </a>
        </li>
      )}
    </ul>
  );
}

function foundText(t: Translate, query: string, count: number): string {
  if (count === 0) return t("docs.found.none", { query });
  return count === 1 ? t("docs.found.one", { query }) : t("docs.found", { count, query });
}
