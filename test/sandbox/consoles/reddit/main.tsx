import '@mantine/core/styles.css';
import './console.css';
import { Collapse, createTheme, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { sessionToken } from '../shared/session-remnant';
import { App } from './App';

const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 6,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  headings: { fontWeight: '700' },
  components: {
    // While it unfolds, whoever scrolls an entry into view scrolls the half-open list, which then jumps back under the
    // pointer: on a busy machine the click lands on the entry above.
    Collapse: Collapse.extend({ defaultProps: { transitionDuration: 0 } }),
  },
  colors: {
    // One flat blue with its tints, close to what the real console's buttons look like.
    ink: [
      '#eaf1fb',
      '#d3e0f4',
      '#a6c0ea',
      '#769ee0',
      '#4e81d7',
      '#2f6ad0',
      '#0a449b',
      '#083a85',
      '#062f6e',
      '#042357',
    ],
  },
});

createRoot(document.querySelector('#root') as Element).render(
  <MantineProvider theme={theme} defaultColorScheme="light">
    <App sessionToken={sessionToken} />
  </MantineProvider>,
);
