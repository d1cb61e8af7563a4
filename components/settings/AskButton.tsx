import { EntryButton } from "./EntryRow.tsx";

/**
 * Asks before something is removed: with a script by a dialog, without one by a page that has it open. What `name` and `value`
 * say in that page's address is what is asked about.
 */
export function AskButton({ action, name, value, text, label, onAsk }: {
  /** The page with the question. */
  action: string;
  name: string;
  value: string;
  /** What the button says, and to those who hear it alone. */
  text: string;
  label: string;
  /** Without it, the page is always loaded. */
  onAsk?: () => void;
}) {
  return (
    <form
      method="get"
      action={action}
      onSubmit={onAsk && ((event) => {
        event.preventDefault();
        onAsk();
      })}
    >
      <EntryButton does={name} entryId={value} text={text} label={label} icon="trash-2" isDanger />
    </form>
  );
}
