import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type Capture, startCapture } from '../lib/capture/capture';
import type { Report, ReportAnswer } from '../lib/messages/reports';
import { readingOfOrigin } from '../lib/platforms/readings';

/** The little of the extension API that this script needs; the polyfill would double its size. */
interface Runtime {
  id?: string;
  sendMessage(report: Report): Promise<ReportAnswer | undefined>;
}

declare const chrome: { runtime?: Runtime };

/** Where this script leaves itself for the next one in the same document. Invisible to the page: another world. */
const slot = globalThis as { upstackCapture?: Capture | undefined };

export default defineUnlistedScript(() => {
  // The pattern in the manifest also injects on other ports and on host names with a trailing dot.
  const platform = readingOfOrigin(location.origin);
  if (!platform || window.top !== window) return;

  const { runtime } = chrome;
  // Run again, as after an update or for "Read the page again": the old script stops and everything is told anew.
  const legacy = slot.upstackCapture?.stop();
  slot.upstackCapture = startCapture(
    platform,
    async (report) => runtime?.sendMessage(report),
    () => !runtime?.id,
    legacy,
  );
});
