import { Icon } from "../../components/Icon.tsx";

/** Prints the page. */
export default function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" class="button button--primary needs-script" onClick={() => print()}>
      <Icon name="file-text" />
      {label}
    </button>
  );
}
