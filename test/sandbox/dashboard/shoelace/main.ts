import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/components/alert/alert.js';
import '@shoelace-style/shoelace/dist/components/badge/badge.js';
import '@shoelace-style/shoelace/dist/components/button/button.js';
import '@shoelace-style/shoelace/dist/components/card/card.js';
import '@shoelace-style/shoelace/dist/components/dialog/dialog.js';
import '@shoelace-style/shoelace/dist/components/input/input.js';
import '@shoelace-style/shoelace/dist/components/radio/radio.js';
import '@shoelace-style/shoelace/dist/components/radio-group/radio-group.js';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { type CardInfo, catalogue, type DashboardVariant } from '../../dashboard-api';
import { api, NotSaved, platformName, REFRESH } from '../shared/client';

/** The dashboard as one web component made of others: everything stands in open shadow roots. */

type Screen = { is: 'list' } | { is: 'select' } | { is: 'form'; type: string; card?: CardInfo };

const tones = { Healthy: 'success', Unhealthy: 'danger', Pending: 'neutral' } as const;

class UpstackDashboard extends LitElement {
  static override properties = { variant: {}, cards: {}, screen: {}, chosen: {}, refusal: {}, saving: {} };
  static override styles = css`
    main { max-width: 60rem; margin: 0 auto; padding: 2rem; font: 16px/1.5 system-ui, sans-serif; }
    header, .actions { display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
    .actions { justify-content: flex-end; margin-top: 1rem; }
    .cards { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; margin-top: 1rem; }
    sl-card { cursor: pointer; }
    sl-input { margin-top: 0.75rem; }
    h3 { margin: 0; display: inline-block; margin-inline-end: 1rem; }
  `;

  declare variant: DashboardVariant | undefined;
  declare cards: CardInfo[];
  declare screen: Screen;
  declare chosen: string;
  declare refusal: NotSaved | undefined;
  declare saving: boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.cards = [];
    this.screen = { is: 'list' };
    this.chosen = '';
    this.saving = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void api.variant().then((variant) => {
      this.variant = variant;
    });
    this.#load();
    this.#timer = setInterval(() => this.#load(), REFRESH);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  #load(): void {
    void api.destinations().then((cards) => {
      this.cards = cards;
    });
  }

  #show(screen: Screen): void {
    this.refusal = undefined;
    this.screen = screen;
    this.#load();
  }

  async #save(event: Event, type: string, card: CardInfo | undefined): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '');
    const fields = catalogue.find((one) => one.type === type)?.fields ?? [];
    const config = Object.fromEntries(
      fields.filter(({ name }) => name !== 'token').map(({ name }) => [name, text(name)]),
    );
    this.saving = true;
    try {
      await api.save({ type, name: text('name'), config, token: text('token') }, card?.id);
      this.#show({ is: 'list' });
    } catch (error) {
      if (error instanceof NotSaved) this.refusal = error;
    } finally {
      this.saving = false;
    }
  }

  #card(card: CardInfo): TemplateResult {
    return html`<sl-card @click=${() => this.#show({ is: 'form', type: card.type, card })}>
      <h3>${card.name}</h3>
      <sl-badge variant=${tones[card.status]}>${card.status}</sl-badge>
      <div>${platformName(catalogue, card.type)}</div>
      ${card.reasons.map((reason) => html`<p>${reason}</p>`)}
    </sl-card>`;
  }

  #select(): TemplateResult {
    const next = () => this.#show({ is: 'form', type: this.chosen });
    return html`<sl-radio-group
        label="Destination"
        @sl-change=${(event: Event) => {
          this.chosen = (event.target as HTMLInputElement).value;
        }}
      >
        ${catalogue.map(({ type, name }) => html`<sl-radio value=${type}>${name}</sl-radio>`)}
      </sl-radio-group>
      <div class="actions">
        <sl-button variant="primary" ?disabled=${!this.chosen} @click=${next}>Next</sl-button>
      </div>`;
  }

  #form(type: string, card: CardInfo | undefined, save: string): TemplateResult {
    const fields = catalogue.find((one) => one.type === type)?.fields ?? [];
    const valueIn = (name: string): string => (name === 'token' ? card?.tokenMask : card?.config[name]) ?? '';
    return html`<form @submit=${(event: Event) => void this.#save(event, type, card)}>
      ${
        this.refusal
          ? html`<sl-alert open variant="danger">${this.refusal.message} ${this.refusal.reasons.join(' ')}</sl-alert>`
          : nothing
      }
      <sl-input name="name" label="Name" value=${card?.name ?? ''}></sl-input>
      ${fields.map(
        ({ name, label }) =>
          html`<sl-input name=${name} label=${label} required value=${valueIn(name)}></sl-input>`,
      )}
      <div class="actions">
        <sl-button @click=${() => this.#show({ is: 'list' })}>Cancel</sl-button>
        <sl-button type="submit" variant="primary" ?loading=${this.saving}
          >${card ? save : 'Create Configuration'}</sl-button
        >
      </div>
    </form>`;
  }

  override render(): TemplateResult | typeof nothing {
    const { variant, screen } = this;
    if (!variant) return nothing;
    const close = (event: Event) => {
      if (event.target === event.currentTarget) this.#show({ is: 'list' });
    };
    const form = screen.is === 'form' ? this.#form(screen.type, screen.card, variant.save) : nothing;
    const formTitle =
      screen.is === 'form'
        ? `${screen.card ? 'Edit' : 'Configure'} ${platformName(catalogue, screen.type)}`
        : '';
    if (screen.is === 'form' && variant.form === 'page')
      return html`<main><h1>${formTitle}</h1>${form}</main>`;
    return html`<main>
      <header>
        <h1>${variant.title}</h1>
        <sl-button variant="primary" @click=${() => this.#show({ is: 'select' })}>+ New Destination</sl-button>
      </header>
      <div class="cards">${this.cards.map((card) => this.#card(card))}</div>
      ${
        screen.is === 'select'
          ? html`<sl-dialog open label="Select a Destination" @sl-after-hide=${close}>${this.#select()}</sl-dialog>`
          : nothing
      }
      ${
        screen.is === 'form'
          ? html`<sl-dialog open label=${formTitle} @sl-after-hide=${close}>${form}</sl-dialog>`
          : nothing
      }
    </main>`;
  }
}

customElements.define('upstack-dashboard', UpstackDashboard);
document.querySelector('#root')?.append(document.createElement('upstack-dashboard'));
