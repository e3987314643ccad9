import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFocus } from '../../components/keep-focus';

const changesSeen = () => new Promise((resolve) => setTimeout(resolve));

const card = (heading: string) => {
  const section = document.createElement('section');
  section.innerHTML = `<h2 tabindex="-1">${heading}</h2><button>Send</button>`;
  return section;
};

const focused = () => document.activeElement?.textContent;

let stop: () => void;
const main = document.createElement('main');

beforeEach(() => {
  main.replaceChildren(card('Review'));
  document.body.replaceChildren(main);
  stop = keepFocus();
  main.querySelector('button')?.focus();
});
afterEach(() => stop());

test('what had the focus has vanished: its place has a heading', async () => {
  main.querySelector('button')?.remove();
  await changesSeen();
  expect(focused()).toBe('Review');
});

test('the whole card has vanished, and the next one stands already', async () => {
  main.replaceChildren(card('Sending'));
  await changesSeen();
  expect(focused()).toBe('Sending');
});

test('the whole card has vanished, and the next one comes later', async () => {
  main.replaceChildren();
  await changesSeen();
  expect(document.activeElement).toBe(document.body);
  main.append(card('Sending'));
  await changesSeen();
  expect(focused()).toBe('Sending');
});

test('a heading that took the focus and vanishes hands it on', async () => {
  main.querySelector('button')?.remove();
  await changesSeen();
  main.replaceChildren();
  await changesSeen();
  main.append(card('Sending'));
  await changesSeen();
  expect(focused()).toBe('Sending');
});

test('who has moved on in the meantime stays where they are', async () => {
  const search = document.createElement('input');
  document.body.append(search);
  main.replaceChildren();
  await changesSeen();
  search.focus();
  main.append(card('Sending'));
  await changesSeen();
  expect(document.activeElement).toBe(search);
});
