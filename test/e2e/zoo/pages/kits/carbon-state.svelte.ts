import type { Screen } from '../screen';

/** A drawing that Svelte follows. */
export const stateOf = (first: Screen): { screen: Screen } => {
  let screen = $state.raw(first);
  return {
    get screen() {
      return screen;
    },
    set screen(next) {
      screen = next;
    },
  };
};
