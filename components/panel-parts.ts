/** The way beside the page: wanted once the popup stands, and small. */
export { OpenSidePanel } from './OpenSidePanel';
