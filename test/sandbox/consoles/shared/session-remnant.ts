/**
 * The session token that the server left in the page. The consoles hold it in their own state and in an attribute,
 * as such applications do; it is never drawn.
 */
export const sessionToken = document.querySelector<HTMLInputElement>('input[type=hidden]')?.value ?? '';
