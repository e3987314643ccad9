import 'carbon-components-svelte/css/white.css';
import { flushSync, mount } from 'svelte';
import { start } from '../runtime';
import CarbonPage from './CarbonPage.svelte';
import { stateOf } from './carbon-state.svelte';

void start((root, first) => {
  const state = stateOf(first);
  mount(CarbonPage, { target: root, props: { state } });
  flushSync();
  return (next) => {
    state.screen = next;
    flushSync();
  };
});
