import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { isNetworkFailure } from "../../../lib/client/studio/editor/until_loaded.ts";
import { TextChunks } from "../../../lib/client/text_chunks.ts";
import type { WrittenFile } from "../../../lib/client/studio/written_file.ts";
import { languageOfPath } from "../../../lib/shared/mod.ts";
import { useProject } from "../context.ts";

/** A file as plain text, coloured by a worker: what is seen until the editor is loaded, and without scripts. */
export function PlainCode({ path }: { path: string }) {
  const { code, selectedLive } = useProject();
  const written = selectedLive.value?.written(path);
  if (written?.begun.value) return <WrittenCode key={path} file={written} />;
  return <FinishedCode key={path} path={path} text={code.textOf(path) ?? ""} />;
}

function FinishedCode({ path, text }: { path: string; text: string }) {
  const scope = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let ended = false;
    let stop = () => {};
    import("../../../lib/client/highlight.ts").then(({ highlightWithin }) => {
      if (!ended && scope.current) stop = highlightWithin(scope.current);
    }, (error) => {
      // Without a network it stays plain until it is opened again.
      if (!isNetworkFailure(error)) reportError(error);
    });
    return () => {
      ended = true;
      stop();
    };
  }, [path]);
  return (
    <div ref={scope} class="plain-code" tabIndex={0} role="region" aria-label={path}>
      <figure class="code-block plain-code__block">
        <pre><code class={`language-${languageOfPath(path)}`}>{text}</code></pre>
      </figure>
    </div>
  );
}

/** A file that is being written: what is new is appended, the end is kept in view. */
function WrittenCode({ file }: { file: WrittenFile }) {
  const scope = useRef<HTMLDivElement>(null);
  const code = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!code.current) return;
    const chunks = new TextChunks(code.current);
    const show = (text: string) => {
      chunks.append(text);
      scope.current?.scrollTo({ top: scope.current.scrollHeight });
    };
    show(file.shown.value);
    return file.shown.subscribe(show);
  }, [file]);
  const classes = file.writing.value ? "plain-code plain-code--writing" : "plain-code";
  return (
    <div ref={scope} class={classes} tabIndex={0} role="region" aria-label={file.path}>
      <figure class="plain-code__block">
        <pre><code ref={code}>{IS_BROWSER ? null : file.shown.value}</code></pre>
      </figure>
    </div>
  );
}
