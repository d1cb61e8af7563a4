import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import type { ApiSchema } from "./reference.ts";

/** Fields below this depth are folded. */
const OPEN_DEPTH = 1;

/** The shape of a value: its type, bounds and fields. */
export function SchemaView({ schema, t, depth = 0 }: { schema: ApiSchema; t: Translate; depth?: number }) {
  const { properties, items, variants } = schema;
  return (
    <>
      <TypeLine schema={schema} />
      {properties.length > 0 && (
        <Fold
          isOpen={depth < OPEN_DEPTH}
          label={`{ ${properties.map(({ name }) => name).join(", ")} }`}
        >
          <ul class="schema">
            {properties.map(({ name, isRequired, schema }) => (
              <li key={name}>
                <code class="schema__name">{name}</code>
                {isRequired && <span class="schema__required">{t("docs.required")}</span>}{" "}
                <SchemaView schema={schema} t={t} depth={depth + 1} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
      {items && !isPlain(items) && (
        <ul class="schema">
          <li>
            <span class="muted">{t("docs.items")}</span> <SchemaView schema={items} t={t} depth={depth} />
          </li>
        </ul>
      )}
      {variants.length > 0 && (
        <Fold isOpen={depth < OPEN_DEPTH} label={`${t("docs.anyOf")} ${variants.length}`}>
          <ul class="schema">
            {variants.map((variant, i) => (
              <li key={i}>
                <SchemaView schema={variant} t={t} depth={depth + 1} />
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}

function TypeLine({ schema: { name, type, limits, description } }: { schema: ApiSchema }) {
  return (
    <span class="schema__type">
      {name ? <a href={`#schema-${name}`}>{name}</a> : type}
      {limits.length > 0 && <span class="muted">, {limits.join(", ")}</span>}
      {description && <span class="muted">. {description}</span>}
    </span>
  );
}

function Fold({ isOpen, label, children }: { isOpen: boolean; label: string; children: ComponentChildren }) {
  return isOpen ? <>{children}</> : (
    <details class="schema__fold">
      <summary>{label}</summary>
      {children}
    </details>
  );
}

/** Whether the line above says it all. */
function isPlain({ name, properties, items, variants }: ApiSchema): boolean {
  return name === null && properties.length === 0 && items === null && variants.length === 0;
}
