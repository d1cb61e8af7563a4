import { useSignal } from "@preact/signals";

export default function Local() {
  const count = useSignal(0);
  return (
    <button type="button" id="local" onClick={() => count.value++}>
      {count}
    </button>
  );
}
