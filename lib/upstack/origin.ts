/** The one host that the extension talks to. A constant of the build: no setting, message or policy changes it. */
export const API_ORIGIN = 'https://api.upstackdata.com';

/** Where people use Upstack. On the dashboard's route its form is filled there, and nowhere else. */
export const DASHBOARD_ORIGIN = 'https://app.upstackdata.com';

/** The list of destinations, as Upstack's guides link it. */
export const DESTINATIONS_PAGE = `${DASHBOARD_ORIGIN}/pixel/event-destinations`;
