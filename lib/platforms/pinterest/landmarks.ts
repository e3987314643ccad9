import type { Landmark } from '../definition';

/** Words of Pinterest's console by which a person knows where they are; loose, since nobody has a list of them. */
export const landmarks: readonly Landmark[] = [
  {
    id: 'signIn',
    words: [
      'log in to pinterest',
      'log in to see more',
      'bei pinterest business einloggen',
      'bei pinterest einloggen',
      'inicia sesión en pinterest',
      'connectez-vous à pinterest',
      'pinterestにログイン',
    ],
  },
  {
    id: 'generateSection',
    words: [
      'generate conversion access token',
      'conversion access token',
      'generate new token',
      'create access token',
      'zugriffstoken generieren',
      'neues token generieren',
      'generar token',
      "générer un jeton d'accès",
      'アクセストークン',
    ],
  },
  {
    id: 'noRole',
    words: [
      'not an admin',
      'ask an admin',
      "don't have permission",
      'do not have permission',
      'kein admin',
      'keine berechtigung',
      'no eres administrador',
      'no tienes permiso',
      "n'êtes pas administrateur",
      '管理者ではありません',
    ],
  },
];
