/** What a connected person does not need: a chunk of its own. */
export { Connect } from './ConnectForm';
export { KeyTrouble } from './KeyTrouble';
export { KeyTroubles } from './KeyTroubles';
export { SiteAccess } from './SiteAccess';
