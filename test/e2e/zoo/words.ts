import type { Language, PlatformId, Words } from './case';
import type { Random } from './random';

interface Vocabulary {
  heading: string[];
  section: string[];
  intro: string[];
  nav: string[];
  generate: string[];
  copy: string[];
  show: string[];
  close: string[];
  tokenLabel: string[];
  waiting: string[];
  columns: [string, string, string][];
}

/** Labels of ids by kind. Only those that the platform's known wording holds can be demanded of a detection. */
export interface IdLabels {
  known: string[];
  /** Sensible translations that nobody has seen on a real page. */
  guessed: string[];
}

const reddit: Record<Language, Vocabulary> = {
  en: {
    heading: ['Events Manager', 'Event Manager'],
    section: ['Conversions API', 'Conversions access token', 'Configure data source'],
    intro: ['Use this token to send events from your server.', 'The token is shown once. Store it safely.'],
    nav: ['Overview', 'Reddit Pixel', 'Conversions API', 'Event Testing'],
    generate: ['Generate Access Token', '+ Generate Access Token', 'Generate token', 'Generate'],
    copy: ['Copy', 'Copy token', 'COPY'],
    show: ['Show', 'Reveal'],
    close: ['Close', 'Done'],
    tokenLabel: ['Conversions access token', 'Access token', 'Token'],
    waiting: ['Generating…', '••••••••', 'Please wait'],
    columns: [
      ['Name', 'ID', 'Status'],
      ['Campaign', 'Identifier', 'State'],
    ],
  },
  de: {
    heading: ['Ereignis-Manager', 'Events-Manager'],
    section: ['Conversions API', 'Zugriffstoken für Conversions'],
    intro: ['Der Token wird nur einmal angezeigt.', 'Kopiere ihn an einen sicheren Ort.'],
    nav: ['Übersicht', 'Pixel', 'Conversions API', 'Ereignistest'],
    generate: ['Zugriffstoken generieren', 'Neues Token generieren'],
    copy: ['Kopieren', 'KOPIEREN'],
    show: ['Anzeigen'],
    close: ['Schließen', 'Fertig'],
    tokenLabel: ['Zugriffstoken', 'Token'],
    waiting: ['Wird erzeugt …', '••••'],
    columns: [['Name', 'Kennung', 'Status']],
  },
  es: {
    heading: ['Administrador de eventos'],
    section: ['API de conversiones', 'Token de acceso de conversiones'],
    intro: ['Este token se muestra una sola vez.'],
    nav: ['Resumen', 'Píxel', 'API de conversiones', 'Pruebas'],
    generate: ['Generar token de acceso', 'Generar'],
    copy: ['Copiar'],
    show: ['Mostrar'],
    close: ['Cerrar', 'Listo'],
    tokenLabel: ['Token de acceso', 'Token'],
    waiting: ['Generando…'],
    columns: [['Nombre', 'Identificador', 'Estado']],
  },
  fr: {
    heading: ["Gestionnaire d'événements"],
    section: ['API Conversions', "Jeton d'accès aux conversions"],
    intro: ["Ce jeton n'est affiché qu'une fois."],
    nav: ['Aperçu', 'Pixel', 'API Conversions', 'Test'],
    generate: ["Générer un jeton d'accès", 'Générer'],
    copy: ['Copier'],
    show: ['Afficher'],
    close: ['Fermer'],
    tokenLabel: ["Jeton d'accès", 'Jeton'],
    waiting: ['Création…'],
    columns: [['Nom', 'Identifiant', 'État']],
  },
  ja: {
    heading: ['イベントマネージャー'],
    section: ['コンバージョンAPI'],
    intro: ['このトークンは一度だけ表示されます。'],
    nav: ['概要', 'ピクセル', 'コンバージョンAPI', 'テスト'],
    generate: ['アクセストークンを生成'],
    copy: ['コピー'],
    show: ['表示'],
    close: ['閉じる'],
    tokenLabel: ['アクセストークン'],
    waiting: ['生成中…'],
    columns: [['名前', '番号', '状態']],
  },
  'made-up': {
    heading: ['Vorsk ennilar'],
    section: ['Quettle omra', 'Zhem duvak'],
    intro: ['Plim ossa turrek nal evvi.'],
    nav: ['Ombra', 'Tessil', 'Quettle', 'Varn'],
    generate: ['Duvak zhem', 'AINIA'],
    copy: ['Ulp', 'ULP'],
    show: ['Ovri'],
    close: ['Nush'],
    tokenLabel: ['Zhem', 'Trill zhem'],
    waiting: ['Ennak…'],
    columns: [['Umi', 'Vok', 'Tarn']],
  },
};

const pinterest: Record<Language, Vocabulary> = {
  en: {
    heading: ['Conversions', 'Manage business'],
    section: ['Set up API', 'API setup', 'API Settings', 'API for Conversions', 'Conversion API'],
    intro: ['Pinterest does not store this token. Copy it now.', 'The token belongs to your user.'],
    nav: ['Event overview', 'Tag manager', 'Conversions', 'Manage tags'],
    generate: ['Generate new token', 'Create Access Token', 'Generate'],
    copy: ['Copy', 'COPY'],
    show: ['Show', 'Reveal'],
    close: ['Close', 'Done'],
    tokenLabel: ['Conversion access token', 'Generate conversion access token', 'Access token'],
    waiting: ['Generating…', '••••••••'],
    columns: [
      ['Name', 'ID', 'Status'],
      ['Campaign', 'Identifier', 'State'],
    ],
  },
  de: {
    heading: ['Conversions'],
    section: ['API einrichten'],
    intro: ['Pinterest speichert dieses Token nicht.'],
    nav: ['Übersicht', 'Tag-Manager', 'Conversions', 'Tags'],
    generate: ['Neues Token generieren'],
    copy: ['Kopieren', 'KOPIEREN'],
    show: ['Anzeigen'],
    close: ['Schließen'],
    tokenLabel: ['Zugriffstoken'],
    waiting: ['Wird erzeugt …'],
    columns: [['Name', 'Kennung', 'Status']],
  },
  es: {
    heading: ['Conversiones'],
    section: ['Configurar la API'],
    intro: ['Pinterest no guarda este token.'],
    nav: ['Resumen', 'Etiquetas', 'Conversiones', 'Ajustes'],
    generate: ['Generar token de acceso'],
    copy: ['Copiar'],
    show: ['Mostrar'],
    close: ['Cerrar'],
    tokenLabel: ['Token de acceso'],
    waiting: ['Generando…'],
    columns: [['Nombre', 'Identificador', 'Estado']],
  },
  fr: {
    heading: ['Conversions'],
    section: ["Configurer l'API"],
    intro: ["Pinterest ne conserve pas ce jeton d'accès."],
    nav: ['Aperçu', 'Balises', 'Conversions', 'Réglages'],
    generate: ["Générer un jeton d'accès"],
    copy: ['Copier'],
    show: ['Afficher'],
    close: ['Fermer'],
    tokenLabel: ["Jeton d'accès"],
    waiting: ['Création…'],
    columns: [['Nom', 'Identifiant', 'État']],
  },
  ja: {
    heading: ['コンバージョン'],
    section: ['APIの設定'],
    intro: ['このトークンは保存されません。'],
    nav: ['概要', 'タグ', 'コンバージョン', '設定'],
    generate: ['アクセストークンを生成'],
    copy: ['コピー'],
    show: ['表示'],
    close: ['閉じる'],
    tokenLabel: ['アクセストークン'],
    waiting: ['生成中…'],
    columns: [['名前', '番号', '状態']],
  },
  'made-up': reddit['made-up'],
};

const vocabularies: Record<PlatformId, Record<Language, Vocabulary>> = { reddit, pinterest };

export const wordsOf = (platform: PlatformId, language: Language, random: Random): Words => {
  const words = vocabularies[platform][language];
  return {
    language,
    heading: random.pick(words.heading),
    section: random.pick(words.section),
    intro: random.pick(words.intro),
    nav: words.nav,
    generate: random.pick(words.generate),
    copy: random.pick(words.copy),
    show: random.pick(words.show),
    close: random.pick(words.close),
    tokenLabel: random.pick(words.tokenLabel),
    waiting: random.pick(words.waiting),
    columns: random.pick(words.columns),
  };
};

const labels: Record<string, Record<Language, IdLabels>> = {
  pixelId: {
    en: { known: ['Pixel ID', 'Pixel Id', 'Account ID', 'Reddit Pixel ID'], guessed: [] },
    de: { known: ['Konto-ID', 'Pixel-ID'], guessed: ['Werbekonto'] },
    es: { known: [], guessed: ['ID de píxel', 'ID del píxel', 'ID de la cuenta'] },
    fr: { known: [], guessed: ['ID du pixel', 'Identifiant du compte'] },
    ja: { known: [], guessed: ['ピクセルID', 'アカウントID'] },
    'made-up': { known: [], guessed: ['Zolvar mik', 'Trunn'] },
  },
  tagId: {
    en: { known: ['Tag ID', 'Pinterest tag ID', 'Pinterest tag', 'TID'], guessed: [] },
    de: { known: ['Tag-ID'], guessed: ['Pinterest-Tag'] },
    es: { known: [], guessed: ['ID de etiqueta', 'ID de la etiqueta'] },
    fr: { known: [], guessed: ['ID de la balise', 'Identifiant de balise'] },
    ja: { known: [], guessed: ['タグID'] },
    'made-up': { known: [], guessed: ['Belluk mik', 'Orfa'] },
  },
  advertiserId: {
    en: { known: ['Advertiser ID', 'Ad account ID', 'Ad account', 'Advertiser'], guessed: [] },
    de: { known: ['Konto-ID'], guessed: ['Werbekonto-ID'] },
    es: { known: [], guessed: ['ID de anunciante', 'ID de la cuenta publicitaria'] },
    fr: { known: [], guessed: ["ID de l'annonceur"] },
    ja: { known: [], guessed: ['広告主ID', '広告アカウントID'] },
    'made-up': { known: [], guessed: ['Hurnak mik'] },
  },
};

export const idLabelsOf = (kind: string, language: Language): IdLabels => {
  const found = labels[kind]?.[language];
  if (!found) throw new Error(`No labels for ${kind}.`);
  return found;
};
