import type { Problem } from '../storage/rows';
import type { SettingsChange } from '../storage/settings';
import type { Colour } from '../terms/colours';

/**
 * What pages of ours may ask of the background. Every change in a review is a command at once, so a popup that
 * closes loses nothing. Answers say only whether it was taken, and why not; results are rows.
 */
export type Command =
  /** Answered at once; silence for 500 ms means that the background did not start. */
  | { type: 'ping' }
  // review
  | { type: 'capture.draft'; platform: string }
  /** Runs the capture script in the tab again; forgets what was discarded there. */
  | { type: 'capture.readAgain'; tabId: number }
  /** A value pasted into our page: cleaned, judged, and kept only if its verdict allows. */
  | { type: 'capture.paste'; captureId: string; kind: string; value: string }
  /** An id typed or chosen. Empty clears it. */
  | { type: 'capture.setId'; captureId: string; kind: string; value: string }
  | { type: 'capture.swapIds'; captureId: string }
  | { type: 'capture.chooseToken'; captureId: string; fingerprint: string }
  | { type: 'capture.tick'; captureId: string; tick: 'checked' | 'generated' | 'others'; on: boolean }
  /** `new`, or the id of a destination of that workspace. */
  | { type: 'capture.chooseDestination'; captureId: string; workspaceId: string; destination: string }
  /** The destination's ids are to become those of the capture as they are now. `on: false` takes it back. */
  | {
      type: 'capture.confirmIds';
      captureId: string;
      workspaceId: string;
      destination: string;
      on: boolean;
    }
  | { type: 'capture.discard'; captureId: string }
  | { type: 'capture.undoDiscard'; captureId: string }
  /** The person has read a tombstone. */
  | { type: 'capture.dismiss'; captureId: string }
  | { type: 'capture.undoDismiss'; captureId: string }
  // delivery
  | { type: 'delivery.send'; captureId: string }
  | { type: 'delivery.retryNow'; deliveryId: string }
  /** The person has seen the outcome. */
  | { type: 'delivery.dismiss'; deliveryId: string }
  | { type: 'delivery.undoDismiss'; deliveryId: string }
  /** The token is replaced, the change of ids was refused: leave the ids as they are. `retryNow` tries again. */
  | { type: 'delivery.keepIds'; deliveryId: string }
  /** On the dashboard's route: puts one value into the field that the person has chosen there. */
  | { type: 'delivery.place'; deliveryId: string; kind: string }
  /** On the dashboard's route: the person says that it is saved there. */
  | { type: 'delivery.saved'; deliveryId: string }
  /** The person will not do it; the capture is in review again. */
  | { type: 'delivery.withdraw'; deliveryId: string }
  // workspace
  | { type: 'workspace.connect'; apiKey: string; pixelId: string; name: string; remember: boolean }
  /** Works without a key, through the dashboard's own form. */
  | { type: 'workspace.useDashboard'; name: string }
  /** A new key for a workspace whose key was refused. */
  | { type: 'workspace.replaceKey'; workspaceId: string; apiKey: string }
  | { type: 'workspace.rename'; workspaceId: string; name: string }
  | { type: 'workspace.recolour'; workspaceId: string; colour: Colour }
  | { type: 'workspace.test'; workspaceId: string }
  /** Refused with `busy` while a secret or delivery lives, unless `force`. */
  | { type: 'workspace.disconnect'; workspaceId: string; force: boolean }
  | { type: 'workspace.undoDisconnect'; workspaceId: string }
  | { type: 'workspace.activate'; workspaceId: string }
  /** Lines of `name,key,pixel`. What became of each is a row of `bulkAdds` under the answer's id. */
  | { type: 'workspace.addMany'; text: string; remember: boolean }
  | { type: 'workspace.dismissMany'; bulkId: string }
  // ad account, `<platform>/<account>`
  /** Its captures go to this destination of the workspace they go to; without one their ids decide. */
  | { type: 'account.choose'; account: string; destination?: string }
  | { type: 'account.forget'; account: string }
  // destination
  /** The person has deleted the old token in the ad console. */
  | { type: 'reminder.done'; workspaceId: string; destinationId: string }
  | { type: 'reminder.later'; workspaceId: string; destinationId: string }
  /** The person has seen that it is no longer at Upstack. */
  | { type: 'destination.dismiss'; key: string }
  | { type: 'destination.undoDismiss'; key: string }
  /** No alerts about these destinations, given by key, for a while; `off` takes it back. */
  | { type: 'destination.mute'; keys: string[]; span: 'hour' | 'tomorrow' | 'healthy' | 'off' }
  // settings
  | { type: 'settings.change'; change: SettingsChange }
  | { type: 'alerts.pause'; on: boolean }
  /** Sample data in place of the person's own. Refused with `busy` while a token or a send of theirs waits. */
  | { type: 'sample.enter' }
  | { type: 'sample.leave' }
  /** The person has read what was stored and could not be read. */
  | { type: 'quarantine.dismiss' }
  | { type: 'quarantine.undoDismiss' }
  /** All that is stored in this browser. Refused with `busy` while a secret or delivery lives, unless `force`. */
  | { type: 'everything.delete'; force: boolean }
  // guide
  | {
      type: 'guide.start';
      platform: string;
      job: 'create' | 'rotate';
      workspaceId?: string;
      destinationId?: string;
      reason?: string;
    }
  | { type: 'guide.stop'; platform: string }
  /** A guide is on screen that leads through this tab: what of its steps can be seen there is told for a while. */
  | { type: 'guide.follow'; tabId: number }
  // health
  | { type: 'health.checkNow'; workspaceId: string; destinationId?: string }
  | { type: 'health.checkAll' };

export type CommandAnswer =
  | { ok: true; id?: string }
  /**
   * `refused`: not from a page of ours. `forbidden`: by the organisation's policy. `busy`: see the command. `gone`: the
   * row is no more. `sample`: not while sample data are in force.
   */
  | {
      ok: false;
      code: 'refused' | 'forbidden' | 'invalid' | 'busy' | 'gone' | 'notReady' | 'sample' | 'failed';
    }
  /** Upstack's own answer to what was tried, which is written nowhere. */
  | { ok: false; code: 'problem'; problem: Problem };
