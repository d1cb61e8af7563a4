import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

/** Makes a text field as high as its text (up to the style sheet's limit), and puts the caret at its end where it takes the focus. */
export function useGrowingField(
  field: RefObject<HTMLTextAreaElement>,
  text: string,
  takesFocus = false,
): void {
  useLayoutEffect(() => {
    if (field.current) grow(field.current);
  }, [text]);
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const onInput = () => grow(element);
    element.addEventListener("input", onInput);
    if (takesFocus) {
      element.focus();
      element.setSelectionRange(element.value.length, element.value.length);
    }
    return () => element.removeEventListener("input", onInput);
  }, []);
}

function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
