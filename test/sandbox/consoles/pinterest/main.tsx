import 'gestalt/dist/gestalt.css';
import './console.css';
import { ColorSchemeProvider, DesignTokensProvider } from 'gestalt';
import { createRoot } from 'react-dom/client';
import { sessionToken } from '../shared/session-remnant';
import { App } from './App';

createRoot(document.querySelector('#root') as Element).render(
  <ColorSchemeProvider colorScheme="light">
    <DesignTokensProvider>
      <App sessionToken={sessionToken} />
    </DesignTokensProvider>
  </ColorSchemeProvider>,
);
