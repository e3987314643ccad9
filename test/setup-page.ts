import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

// A browser without a side panel, unless a test puts one there.
beforeEach(() => {
  Object.assign(fakeBrowser, { sidePanel: {}, sidebarAction: {} });
});

afterEach(cleanup);
