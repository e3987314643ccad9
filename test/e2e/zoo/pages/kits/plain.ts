import { html, nothing } from 'lit';
import { startLit } from '../lit';

/** Own elements with own shadow roots, as a console without a library has them; the rest is bare HTML. */
class ZooCard extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.append(document.createElement('slot'));
  }
}

/** Holds its text in its shadow root, fed by a property. */
class ZooToken extends HTMLElement {
  #line = document.createElement('code');

  constructor() {
    super();
    this.attachShadow({ mode: 'open' }).append(this.#line);
  }

  set text(next: string) {
    this.#line.textContent = next;
  }
}

customElements.define('zoo-card', ZooCard);
customElements.define('zoo-token', ZooToken);

startLit({
  page: (title, nav, children) =>
    html`<header><h1>${title}</h1><nav>${nav.map((item) => html`<a href="#${item}">${item}</a> `)}</nav></header>
      <zoo-card>${children}</zoo-card>`,
  heading: (text) => html`<h2>${text}</h2>`,
  text: (text) => html`<p style="overflow-wrap: anywhere">${text}</p>`,
  code: (text) => html`<zoo-token .text=${text}></zoo-token>`,
  labelled: (label, value) => html`<dl><dt>${label}</dt><dd>${value}</dd></dl>`,
  field: (label, value, kind) =>
    kind === 'area'
      ? html`<label>${label}<textarea readonly .value=${value}></textarea></label>`
      : html`<label>${label} <input readonly type=${kind === 'password' ? 'password' : 'text'} .value=${value} /></label>`,
  table: (columns, rows, selected) =>
    html`<table>
      <tr>${selected === undefined ? nothing : html`<th></th>`}${columns.map((column) => html`<th>${column}</th>`)}</tr>
      ${rows.map(
        (cells, row) =>
          html`<tr>
            ${
              selected === undefined
                ? nothing
                : html`<td><input type="radio" ?checked=${row === selected} .checked=${row === selected} /></td>`
            }${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </table>`,
  switcher: (label, value, others) =>
    html`<p>${label} <select>
      <option selected>${value}</option>${others.map((account) => html`<option>${account}</option>`)}
    </select></p>`,
  button: (text, click) => html`<button type="button" @click=${click ?? nothing}>${text}</button>`,
  dialog: (open, title, children) =>
    open
      ? html`<div role="dialog" aria-modal="true" style="position: fixed; inset: 60px; background: white">
          <h2>${title}</h2>${children}
        </div>`
      : html``,
  popover: (open, anchor, children) =>
    html`<details ?open=${open}><summary>${anchor}</summary>${children}</details>`,
});
