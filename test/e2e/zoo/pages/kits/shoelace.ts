import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/button/button.js';
import '@shoelace-style/shoelace/dist/components/card/card.js';
import '@shoelace-style/shoelace/dist/components/dialog/dialog.js';
import '@shoelace-style/shoelace/dist/components/dropdown/dropdown.js';
import '@shoelace-style/shoelace/dist/components/input/input.js';
import '@shoelace-style/shoelace/dist/components/option/option.js';
import '@shoelace-style/shoelace/dist/components/select/select.js';
import '@shoelace-style/shoelace/dist/components/tab/tab.js';
import '@shoelace-style/shoelace/dist/components/tab-group/tab-group.js';
import '@shoelace-style/shoelace/dist/components/textarea/textarea.js';
import { html, nothing } from 'lit';
import { startLit } from '../lit';

startLit({
  page: (title, nav, children) =>
    html`<h1>${title}</h1>
      <sl-tab-group>${nav.map((item) => html`<sl-tab slot="nav">${item}</sl-tab>`)}</sl-tab-group>
      <sl-card>${children}</sl-card>`,
  heading: (text) => html`<h2>${text}</h2>`,
  text: (text) => html`<p style="overflow-wrap: anywhere">${text}</p>`,
  code: (text) => html`<sl-card><code slot="header">${text}</code></sl-card>`,
  labelled: (label, value) => html`<div><strong>${label}</strong> <div><span>${value}</span></div></div>`,
  field: (label, value, kind) =>
    kind === 'area'
      ? html`<sl-textarea label=${label} readonly .value=${value}></sl-textarea>`
      : html`<sl-input label=${label} readonly type=${kind === 'password' ? 'password' : 'text'} .value=${value}></sl-input>`,
  table: (columns, rows, selected) =>
    html`<table>
      <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
      <tbody>
        ${rows.map(
          (cells, row) =>
            html`<tr aria-selected=${selected === undefined ? nothing : String(row === selected)}>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  switcher: (label, value, others) =>
    html`<span>${label}</span>
      <sl-select .value=${'0'} label=${label}>
        ${[value, ...others].map((account, index) => html`<sl-option value=${index}>${account}</sl-option>`)}
      </sl-select>`,
  button: (text, click) => html`<sl-button @click=${click ?? nothing}>${text}</sl-button>`,
  dialog: (open, title, children) => html`<sl-dialog ?open=${open} label=${title}>${children}</sl-dialog>`,
  popover: (open, anchor, children) =>
    html`<sl-dropdown ?open=${open} hoist>
      <sl-button slot="trigger">${anchor}</sl-button>
      <div style="background: white; max-width: 30em; overflow-wrap: anywhere">${children}</div>
    </sl-dropdown>`,
});
