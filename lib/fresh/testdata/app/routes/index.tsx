import { computed, signal } from "@preact/signals";
import { Head } from "fresh/runtime";
import { createEverything } from "../client/everything.ts";
import { Counter } from "../islands/Counter.tsx";
import { Lazy } from "../islands/Lazy.tsx";
import Props from "../islands/Props.tsx";
import { Inner, Toggle } from "../islands/Toggle.tsx";
import Local from "./(_islands)/Local.tsx";

export default function Home() {
  const count = signal(3);
  const everything = createEverything();
  return (
    <main>
      <Head>
        <title>Home</title>
      </Head>
      <Counter id="first" count={count}>
        <p>
          slot <b>of the first</b> <Inner label="inside" />
        </p>
      </Counter>
      <Counter id="second" count={count} />
      <Toggle id="toggle">
        <p id="hidden">
          hidden <Inner label="inside" />
        </p>
      </Toggle>
      <Props
        id="props"
        everything={everything}
        sum={computed(() => count.value * 2)}
        count={count}
      />
      <Props
        id="twin"
        everything={everything}
        sum={computed(() => count.value * 2)}
        count={count}
      />
      <Lazy />
      <Local />
    </main>
  );
}
