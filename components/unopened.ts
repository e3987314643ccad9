import { i18n } from '#i18n';

/** In place of a page whose rows cannot even be read: the browser does not open the database any more. */
export const tellUnopened = (): void => {
  const main = document.createElement('main');
  const heading = document.createElement('h2');
  heading.textContent = i18n.t('unopened.heading');
  const body = document.createElement('p');
  body.textContent = i18n.t('unopened.body');
  main.setAttribute('role', 'alert');
  main.style.margin = '16px'; // the card that else gives it is drawn from rows
  main.append(heading, body);
  document.getElementById('root')?.replaceChildren(main);
};
