import type { Landmark } from '../definition';

/** Words of Reddit's console by which a person knows where they are; loose, since nobody has a list of them. */
export const landmarks: readonly Landmark[] = [
  {
    id: 'signIn',
    words: [
      'sign in to reddit',
      'log in to reddit',
      'beim reddit ads manager anmelden',
      'bei reddit anmelden',
      'inicia sesión en reddit',
      'se connecter à reddit',
      'connexion à reddit',
    ],
  },
  {
    id: 'tokenList',
    words: [
      'conversions access token',
      'conversion access token',
      'conversions-zugriffstoken',
      'conversion-zugriffstoken',
      'token de acceso de conversiones',
      "jeton d'accès aux conversions",
      "jetons d'accès",
      'コンバージョンアクセストークン',
    ],
  },
  {
    id: 'nameDialog',
    words: [
      'token name',
      'name of the token',
      'name your token',
      'name this token',
      'name des tokens',
      'token-name',
      'nombre del token',
      'nom du jeton',
      'トークン名',
      'トークンの名前',
    ],
  },
  {
    id: 'tokenLimit',
    words: [
      'reached the limit',
      'reached the maximum',
      'reached your limit',
      'maximum number of',
      'token limit reached',
      'höchstzahl von',
      'limit erreicht',
      'alcanzado el límite',
      'alcanzado el máximo',
      'limite atteinte',
      'atteint la limite',
      '上限に達し',
    ],
  },
  {
    id: 'noRole',
    words: [
      'not an admin',
      'only an admin',
      'only admins',
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
