import { useLayoutEffect, useRef } from 'react';

/**
 * Puts a value into a field as property alone. Given the value as a prop, React would copy it into the attribute as
 * well (or into the text of a textarea); the real consoles do not show it there, and a reader of attributes would
 * pass where it should fail.
 */
export function useBareField<Field extends HTMLInputElement | HTMLTextAreaElement>(value: string) {
  const field = useRef<Field>(null);
  useLayoutEffect(() => {
    if (field.current) field.current.value = value;
  }, [value]);
  return field;
}
