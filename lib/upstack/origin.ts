/** The one host that the extension talks to. A constant of the build: no setting, message or policy changes it. */
export const API_ORIGIN = 'https://api.upstackdata.com';
