import { useSignal } from "@preact/signals";
import { Head } from "fresh/runtime";

export function Title() {
  const count = useSignal(0);
  return (
    <button type="button" id="title" onClick={() => count.value++}>
      <Head>
        <title>Title {count.value}</title>
        <meta key="count" name="count" content={String(count.value)} />
      </Head>
      count
    </button>
  );
}
