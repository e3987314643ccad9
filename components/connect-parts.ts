/** What a connected person does not need: a chunk of its own. */
export { Connect } from './ConnectForm';
export { KeyTrouble } from './KeyTrouble';
export { KeyTroubles } from './KeyTroubles';
export { SampleBar } from './Sample';
export { SiteAccess } from './SiteAccess';
