import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { type Following, follow, type Order } from '../lib/capture/follow';
import type { Report, ReportAnswer } from '../lib/messages/reports';

/** The little of the extension API that this script needs. */
declare const chrome: {
  runtime?: { id?: string; sendMessage(report: Report): Promise<ReportAnswer | undefined> };
};

/** Where the background finds it, and the next script this one. Invisible to the page: another world. */
const slot = globalThis as { upstackFollow?: (order: Order) => void; upstackFollowing?: Following };

/** Carries no words of any platform: they come with the order, for the platform whose page it is. */
export default defineUnlistedScript(() => {
  const { runtime } = chrome;
  slot.upstackFollow = (order) => {
    slot.upstackFollowing?.stop();
    if (location.origin !== order.origin || window.top !== window) return;
    slot.upstackFollowing = follow(
      order,
      async (report) => runtime?.sendMessage(report),
      () => !runtime?.id,
    );
  };
});
