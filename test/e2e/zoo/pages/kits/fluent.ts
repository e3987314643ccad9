import {
  fluentButton,
  fluentCard,
  fluentDataGrid,
  fluentDataGridCell,
  fluentDataGridRow,
  fluentDialog,
  fluentOption,
  fluentSelect,
  fluentTab,
  fluentTabs,
  fluentTextArea,
  fluentTextField,
  provideFluentDesignSystem,
} from '@fluentui/web-components';
import { html, nothing } from 'lit';
import { startLit } from '../lit';

provideFluentDesignSystem().register(
  fluentButton(),
  fluentCard(),
  fluentDataGrid(),
  fluentDataGridCell(),
  fluentDataGridRow(),
  fluentDialog(),
  fluentOption(),
  fluentSelect(),
  fluentTab(),
  fluentTabs(),
  fluentTextArea(),
  fluentTextField(),
);

startLit({
  page: (title, nav, children) =>
    html`<h1>${title}</h1>
      <fluent-tabs>${nav.map((item) => html`<fluent-tab>${item}</fluent-tab>`)}</fluent-tabs>
      <div style="padding: 1em">${children}</div>`,
  heading: (text) => html`<h2>${text}</h2>`,
  text: (text) => html`<fluent-card style="height: auto; overflow-wrap: anywhere">${text}</fluent-card>`,
  code: (text) => html`<fluent-card style="height: auto"><pre><code>${text}</code></pre></fluent-card>`,
  labelled: (label, value) => html`<div><div>${label}:</div><div>${value}</div></div>`,
  field: (label, value, kind) =>
    kind === 'area'
      ? html`<fluent-text-area readonly .value=${value}>${label}</fluent-text-area>`
      : html`<fluent-text-field readonly type=${kind === 'password' ? 'password' : 'text'} .value=${value}
          >${label}</fluent-text-field
        >`,
  table: (columns, rows, selected) =>
    html`<fluent-data-grid generate-header="none">
      <fluent-data-grid-row row-type="header">
        ${columns.map(
          (column, index) =>
            html`<fluent-data-grid-cell cell-type="columnheader" grid-column=${index + 1}>${column}</fluent-data-grid-cell>`,
        )}
      </fluent-data-grid-row>
      ${rows.map(
        (cells, row) =>
          html`<fluent-data-grid-row aria-selected=${selected === undefined ? nothing : String(row === selected)}>
            ${cells.map(
              (cell, index) =>
                html`<fluent-data-grid-cell grid-column=${index + 1}>${cell}</fluent-data-grid-cell>`,
            )}
          </fluent-data-grid-row>`,
      )}
    </fluent-data-grid>`,
  switcher: (label, value, others) =>
    html`<label>${label}</label>
      <fluent-select>
        ${[value, ...others].map(
          (account, index) => html`<fluent-option ?selected=${index === 0}>${account}</fluent-option>`,
        )}
      </fluent-select>`,
  button: (text, click) => html`<fluent-button @click=${click ?? nothing}>${text}</fluent-button>`,
  dialog: (open, title, children) =>
    html`<fluent-dialog ?hidden=${!open} modal><h2>${title}</h2>${children}</fluent-dialog>`,
  popover: (open, anchor, children) =>
    html`<fluent-button>${anchor}</fluent-button>
      ${open ? html`<fluent-card style="position: absolute; width: 30em; height: auto">${children}</fluent-card>` : nothing}`,
});
