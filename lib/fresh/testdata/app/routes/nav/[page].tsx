import { signal } from "@preact/signals";
import { page } from "fresh";
import { define } from "../../define.ts";
import { Head, Partial } from "fresh/runtime";
import { Counter } from "../../islands/Counter.tsx";
import Local from "../(_islands)/Local.tsx";
import { Lazy } from "../../islands/Lazy.tsx";

export const handler = define.handlers({
  GET: () => page({ posted: "" }),
  async POST(ctx) {
    const form = await ctx.req.formData();
    return page({ posted: String(form.get("text")) });
  },
});

export default define.page<typeof handler>(({ params, data, isPartial }) => {
  const name = params["page"] ?? "";
  return (
    <div f-client-nav>
      <Head>
        <title>Page {name}</title>
        <meta key="page" name="description" content={`About ${name}`} />
      </Head>
      <a id="to-a" href="/nav/a">a</a>
      <a id="to-b" href="/nav/b">b</a>
      <a id="to-plain" href="/plain" f-client-nav={false}>plain</a>
      <form method="post" action="/nav/a">
        <input name="text" id="text" />
        <button type="submit" id="send">send</button>
      </form>
      <Partial name="content">
        <h1>{name} {isPartial ? "partial" : "full"} {data.posted}</h1>
        <Counter id="counter" count={signal(0)} />
        <Local />
        {name === "b" ? <Lazy /> : null}
        <Partial name="inner">inner {name}</Partial>
      </Partial>
      <Partial name="log" mode="append">
        <p class="entry">saw {name}</p>
      </Partial>
      <Partial name="latest" mode="prepend">
        <p class="latest">saw {name}</p>
      </Partial>
      <button type="button" id="refresh" f-partial="/parts">refresh</button>
    </div>
  );
});
