import { Component, type ComponentChild, type FunctionComponent, h } from "preact";

/** A component that is rendered again only when one of its props is another value (or a signal it reads changed). */
export function memo<Props extends object>(
  render: (props: Props) => ComponentChild,
): FunctionComponent<Props> {
  const Inner = render as FunctionComponent<Props>;
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      return differ(this.props, next);
    }

    override render(props: Props): ComponentChild {
      return h(Inner, props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}

function differ<Props extends object>(a: Props, b: Props): boolean {
  for (const key in a) if (!(key in b)) return true;
  for (const key in b) if (a[key] !== b[key]) return true;
  return false;
}
