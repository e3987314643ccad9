import { useLayoutEffect, useRef } from 'react';

/**
 * Leaves a field's value in the property alone. React copies it into the attribute as well (or into the text of a
 * textarea); the real consoles do not show it there, and a reader of attributes would pass where it should fail.
 */
export function useBareField<Field extends HTMLInputElement | HTMLTextAreaElement>() {
  const field = useRef<Field>(null);
  useLayoutEffect(() => {
    if (!field.current) return;
    if (field.current instanceof HTMLInputElement) field.current.removeAttribute('value');
    else field.current.defaultValue = '';
  });
  return field;
}
