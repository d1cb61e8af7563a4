import type * as esbuild from "esbuild";

/** Bundles the terminal's screen into static/gen/terminal, apart from the islands: it is loaded on its own page only. */
export async function bundleTerminal(
  build: typeof esbuild.build,
  options: esbuild.BuildOptions,
): Promise<void> {
  await build({
    ...options,
    entryPoints: { screen: "lib/client/workers/terminal_screen.ts" },
    outdir: "static/gen/terminal",
    plugins: [nonceForStyles],
  });
}

/**
 * xterm writes its colours and sizes into style elements that it makes itself. With the page's nonce on them the policy for
 * pages holds for the terminal's too.
 */
const nonceForStyles: esbuild.Plugin = {
  name: "nonce-for-styles",
  setup(build) {
    build.onLoad({ filter: /@xterm.xterm.lib.xterm\.mjs$/ }, async ({ path }) => {
      const source = await Deno.readTextFile(path);
      let count = 0;
      const contents = source.replaceAll(/[\w.]+\.createElement\("style"\)/g, (made) => {
        count++;
        return `Object.assign(${made},{nonce:document.querySelector("style[nonce]")?.nonce??""})`;
      });
      if (count === 0) {
        throw new Error(`Cannot bundle the terminal: ${path} makes no styles where they were looked for`);
      }
      return { contents };
    });
  },
};
